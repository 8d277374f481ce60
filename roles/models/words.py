"""The words of each person, one a row, in an index that answers "begins with" (coverage A1; the person picker)."""

from collections.abc import Iterable

from django.db import connection, models
from django.db.models import F, QuerySet
from django.db.models.functions import Collate

from roles.words import LONGEST, words_in

ENOUGH = 1000
PLAIN = {"sqlite": "BINARY", "postgresql": "C"}  # the order of the index, whatever the language of the database


class PersonWord(models.Model):
    """One word by which a person is found. Follows from the person; nobody writes it."""

    person = models.ForeignKey("roles.Person", on_delete=models.CASCADE, related_name="words", db_index=False)
    word = models.CharField(max_length=LONGEST)
    name_key = models.CharField(max_length=LONGEST)

    class Meta:
        indexes = [
            models.Index(fields=["person", "word"], name="words_of_a_person"),
            models.Index(fields=["word", "name_key", "person"], name="people_by_word"),
        ]

    def __str__(self) -> str:
        return self.word


def keep_words(people: Iterable[models.Model], *, new: bool = False) -> None:
    """Write the words of these people anew."""
    people = list(people)
    rows = [
        PersonWord(person_id=person.pk, word=word, name_key=person.name_key[:LONGEST])
        for person in people
        for word in words_in(person.name, person.email, person.job_title, person.external_id)
    ]
    for first in range(0, 0 if new else len(people), 500):
        PersonWord.objects.filter(person__in=[person.pk for person in people[first : first + 500]]).delete()
    PersonWord.objects.bulk_create(rows, batch_size=5000)


def _plain(column: str) -> Collate:
    return Collate(F(column), PLAIN[connection.vendor])


def rarest_first(parts: list[str]) -> list[str]:
    """The part that the fewest people have leads; beyond a thousand nobody counts."""
    if len(parts) < 2:
        return parts
    counted = {part: _begins(PersonWord.objects.all(), part)[:ENOUGH].count() for part in parts}
    return sorted(parts, key=lambda part: counted[part])


def beginning_with(parts: list[str]) -> QuerySet[PersonWord]:
    """Words that begin with the first part, of people who have a word for each other part; in the order of the index."""
    found = _begins(PersonWord.objects.all(), parts[0]) if parts else PersonWord.objects.none()
    for part in parts[1:]:
        other = _begins(PersonWord.objects.filter(person=models.OuterRef("person")), part)
        found = found.filter(models.Exists(other))
    return found.annotate(by=_plain("name_key")).order_by("plain", "by", "person_id") if parts else found


def _begins(rows: QuerySet[PersonWord], part: str) -> QuerySet[PersonWord]:
    """From the part itself to the last word that can begin with it."""
    return rows.annotate(plain=_plain("word")).filter(plain__gte=part, plain__lt=part + chr(0x10FFFD))
