"""Minutes as a kind of record: who prepares, signs and sees them, and how they are rendered (T3)."""

from importlib.metadata import version

from django.utils.translation import gettext as _

from ismsroles.core import clock
from ismsroles.records import kinds
from ismsroles.records.kinds import Identity
from ismsroles.records.models import Version
from reviews.models import Meeting
from reviews.policy.meetings import may_sign, sees_minutes
from reviews.queries.team import team
from roles.policy import standing

KIND = "mrt-minutes"


def render_draft(snapshot: bytes) -> bytes:
    from reviews.minutes import paper  # the PDF engine is loaded by whoever renders, not by every process

    return paper.render_draft(snapshot)


def render_final(snapshot: bytes, signoffs: bytes, log_head: str) -> bytes:
    from reviews.minutes import paper

    return paper.render_final(snapshot, signoffs, log_head)


def missing(text: str) -> list[str]:
    from ismsroles.records.pdf import fonts

    return fonts.missing_characters(text)


def identity(user) -> Identity:
    """The person behind a login, and as what they sit on the team."""
    person, found = standing(user).person, team(clock.today())
    if person is None:
        return kinds.login_only(user)
    role = found.charter.role.title if found is not None and person.pk in found.people else ""
    if found is not None and found.chair is not None and found.chair.person_id == person.pk:
        role = _("Chair, %(team)s") % {"team": found.charter.role.title}
    return Identity(f"person-{person.pk}", person.name, role)


def home(version: Version) -> tuple[str, str] | None:
    """The meeting whose minutes they are, frozen now or earlier."""
    meeting = Meeting.objects.filter(pk=int(version.series.removeprefix("meeting-"))).first()
    return (str(meeting), meeting.get_absolute_url()) if meeting else None


kinds.register(
    kinds.Kind(
        KIND, render_draft, render_final, f"weasyprint {version('weasyprint')}", may_sign, identity=identity, missing=missing,
        visible=sees_minutes, send="minutes-send", home=home,
    )
)  # fmt: skip
