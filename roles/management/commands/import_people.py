"""`manage.py import_people FILE`: the import of people for scripts. Exit status 0 fine, 1 rows were refused, 2 could not."""

from pathlib import Path

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from ismsroles.core import clock, dates, tabular
from ismsroles.core.management.importing import COULD_NOT, FINE, FOUND, ListCommand
from roles import imports
from roles.imports import leavers
from roles.management.naming import login_named, person_named


class Command(ListCommand):
    help = "Takes a list of people (CSV or XLSX) into the register, all at once or not at all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the list")
        parser.add_argument(
            "--kind",
            choices=["changes", "full"],
            default="changes",
            help="changes (default): people who are not in the list stay; full: those missing from it are named",
        )
        parser.add_argument(
            "--leaves",
            nargs="+",
            default=[],
            metavar="PERSON=DATE",
            help="with --kind full: this missing person leaves, DATE is the last day. Nobody else is taken out",
        )
        parser.add_argument(
            "--confirm-leavers",
            type=int,
            metavar="N",
            help="needed when more than a tenth of everybody leaves: how many",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        parser.add_argument(
            "--map",
            nargs="+",
            default=[],
            metavar="FIELD=COLUMN",
            help=f"correct the guess; fields: {', '.join(imports.FIELDS)}",
        )
        parser.add_argument(
            "--actor", metavar="EMAIL", help="the login in whose name it is done, with that login's rights"
        )
        parser.add_argument(
            "--same-name",
            choices=["skip", "same", "new"],
            default="skip",
            help="what to do with a row when only its name fits one person of the register (default: skip)",
        )

    def run(self, options: dict) -> int:
        actor = login_named(options["actor"])
        plan = _plan(options)
        self._tell(plan)
        if options["dry_run"]:
            self.stdout.write(_("Nothing was changed: this was a dry run."))
        else:
            confirmed = options["confirm_leavers"]
            done = imports.apply(plan, actor=actor, source=options["file"].name, confirmed=confirmed)
            self.stdout.write(done.sentence)
        return FOUND if plan.counts["refused"] or plan.counts["ask"] or plan.unanswered else FINE

    def _tell(self, plan: imports.Plan) -> None:
        for kind, label in imports.KIND_LABELS.items():
            self.stdout.write(f"{plan.counts[kind]:>7}  {label}")
        for sentence in [*plan.table.notes, *map(str, plan.problems), *plan.warnings]:
            self.stdout.write(sentence)
        for person in plan.unanswered:
            words = {"person": person, "pk": person.pk}
            self.stdout.write(_("Not in the list: %(person)s. Stays as they are; see --leaves id:%(pk)s=DATE.") % words)
        for row in plan.of_kind("ask"):
            self.stdout.write(
                _("Row %(row)s, %(name)s: only the name fits somebody in the register. Left out; see --same-name.")
                % {"row": row.number, "name": row.name}
            )


def _plan(options: dict) -> imports.Plan:
    path: Path = options["file"]
    tabular.check_size(path.stat().st_size)
    table = tabular.read(path.read_bytes(), path.name, known=imports.KNOWN)
    mapping = {**imports.guess_mapping(table.headers, table.rows), **_corrections(options["map"], table.headers)}
    leaving = _leaving(options)
    plan = imports.plan(table, mapping, today=clock.today(), decisions=leaving, kind=options["kind"])
    _refuse_strangers(leaving, plan)
    if options["same_name"] == "skip":
        return plan
    decisions = {str(row.number): options["same_name"] for row in plan.of_kind("ask")} | leaving
    return imports.plan(table, mapping, today=clock.today(), decisions=decisions, kind=options["kind"])


def _leaving(options: dict) -> dict[str, str]:
    """PERSON=DATE of those missing from a full list, as decisions of the plan."""
    if options["leaves"] and options["kind"] != leavers.FULL:
        raise CommandError(_("--leaves goes with --kind full."), returncode=COULD_NOT)
    pairs = [pair.rpartition("=")[::2] for pair in options["leaves"]]
    return {f"{leavers.KEY}{person_named(who).pk}": dates.parse(day).isoformat() for who, day in pairs}


def _refuse_strangers(leaving: dict[str, str], plan: imports.Plan) -> None:
    """Whoever is named with --leaves is missing from the list, and the day can be."""
    taken = {f"{leavers.KEY}{one.person.pk}" for one in plan.leavers}
    if wrong := leaving.keys() - taken:
        words = {"people": ", ".join(sorted(key.replace(leavers.KEY, "id:") for key in wrong))}
        sentence = _(
            "Cannot leave by this list: %(people)s. They are in it, have left, or the day is before their first."
        )
        raise CommandError(sentence % words, returncode=COULD_NOT)


def _corrections(pairs: list[str], headers: list[str]) -> dict[str, str]:
    """FIELD=COLUMN, an empty column leaves the field out."""
    corrections = dict(pair.partition("=")[::2] for pair in pairs)
    for field, header in corrections.items():
        if field not in imports.FIELDS:
            raise CommandError(_("There is no field “%s”.") % field, returncode=COULD_NOT)
        if header and header not in headers:
            words = {"column": header, "columns": ", ".join(headers)}
            raise CommandError(
                _("The file has no column “%(column)s”. It has: %(columns)s") % words, returncode=COULD_NOT
            )
    return corrections
