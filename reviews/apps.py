"""Reviews of what is kept here, the management review team and its meetings, and audits of roles."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self) -> None:
        from reviews import (  # noqa: F401  (each registers what it offers)
            events,
            findings,
            guards,
            navigation,
            panels,
            policy,
            subjects,
        )
