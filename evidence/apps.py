"""The Roles and Responsibilities document, the findings overview, engagements of auditors, verification."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "evidence"

    def ready(self) -> None:
        from evidence import (  # noqa: F401  (each registers what it offers)
            actions,
            agenda,
            events,
            findings,
            guards,
            kinds,
            leaving,
            navigation,
            policy,
            reviewed,
            told,
        )
