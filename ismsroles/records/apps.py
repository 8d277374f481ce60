"""Records: freeze a snapshot, collect sign-offs, render the PDF once, store, verify. No word of information security in here."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "ismsroles.records"
    label = "records"

    def ready(self) -> None:
        from ismsroles.records import actions, events, guards, policy  # noqa: F401  (each registers what it offers)
