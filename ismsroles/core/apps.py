"""The floor of the house: users, events, outbox, access, state tables. No word of information security in here."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    name = "ismsroles.core"
    label = "core"

    def ready(self) -> None:
        from ismsroles.core import guards, health_findings, rights, signins  # noqa: F401  (connects who signed in, and who failed to)

        pre_migrate.connect(guards.make_way, sender=self)
        post_migrate.connect(guards.reinstall, sender=self)
        post_migrate.connect(rights.grant_again, sender=self)
