"""manage.py demo: fills an empty installation with the demo organisation, or prints its logins."""

from django.core.management.base import BaseCommand, CommandError

from evidence.demo.company import DemoCompany, company
from evidence.demo.loading import PASSWORD, load
from ismsroles.core.models import User

PARTS = {
    "administrator": "Administrator",
    "ism": "Information security manager",
    "chief_executive": "Top management: chief executive",
    "chief_operating_officer": "Top management: chief operating officer",
    "representative": "Representative of an area",
    "holder": "Holder of a role",
    "deputy": "Deputy",
    "internal_auditor": "Internal auditor",
    "colleague": "Colleague without a role of their own",
}


class Command(BaseCommand):
    """Exit status 0: done; 1: asked for its logins where there is no demo; 2: the installation is not empty."""

    help = "Fill an empty installation with the demo organisation (our own fiction) and print its logins."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--logins", action="store_true", help="print the demo logins and change nothing")

    def handle(self, *args, logins: bool, **options) -> None:
        told = company()
        if logins:
            self._print_logins(told)
            return
        if User.objects.exists():
            raise CommandError("This installation is not empty, so the demo organisation was not loaded.", returncode=2)
        load(told)
        self.stdout.write(
            f"{told.organisation.name}: {len(told.people)} people, {len(told.roles)} roles. All of it is invented."
        )
        self._print_logins(told)

    def _print_logins(self, told: DemoCompany) -> None:
        if not User.objects.filter(email=told.engagement.email).exists():
            raise CommandError("The demo organisation is not loaded here.", returncode=1)
        rows = [(PARTS[login.part], told.people[login.person].email) for login in told.logins]
        rows.append(("Auditor", told.engagement.email))
        self.stdout.write(f"Sign in as one of these; the password is: {PASSWORD}")
        for part, email in rows:
            self.stdout.write(f"  {part:<42} {email}")
