"""Competence: skills, requirements of roles, assessments of people, gaps, training and performance."""

from django.apps import AppConfig


class CompetenceConfig(AppConfig):
    name = "competence"

    def ready(self) -> None:
        from competence import (  # noqa: F401  (each registers what it offers)
            events,
            findings,
            gate,
            guards,
            navigation,
            offering,
            panels,
            policy,
            starter,
            told,
        )
