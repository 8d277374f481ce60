"""Reviews of what is kept here, the management review team and its meetings, and audits of roles."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self) -> None:
        from reviews import (  # noqa: F401  (each registers what it offers)
            changes,
            events,
            findings,
            guards,
            holding,
            inputs,
            inputs_own,
            lapses,
            navigation,
            panels,
            policy,
            subjects,
            telling,
            telling_work,
            told,
            waiting,
        )
        from reviews.actions import campaigns as campaigns_remind  # noqa: F401  (does its part of the sweep)
        from reviews.actions import (
            doing,  # noqa: F401  (follow-ups become proposals)
            offering,  # noqa: F401  (a version in force is offered to everybody)
        )
        from reviews.minutes import kind  # noqa: F401
        from reviews.papers import kind as papers  # noqa: F401
        from reviews.queries import calendars  # noqa: F401
