"""Who does what: the RASCI matrix of activities and roles, and the owners of assets and risks."""

from django.apps import AppConfig


class RaciConfig(AppConfig):
    name = "raci"

    def ready(self) -> None:
        from raci import (  # noqa: F401  (each registers what it offers)
            duties,
            events,
            findings,
            guards,
            navigation,
            owned,
            panels,
            policy,
            taking_part,
            used,
        )
        from raci.actions import printing  # noqa: F401
