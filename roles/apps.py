"""Areas, people, roles, responsibilities, authorities and assignments."""

from django.apps import AppConfig


class RolesConfig(AppConfig):
    name = "roles"

    def ready(self) -> None:
        from roles import (  # noqa: F401  (each registers what it offers)
            events,
            findings,
            guards,
            homes,
            navigation,
            policy,
            registered,  # noqa: F401  (separation, person picker, overlaps)
            told,
        )
        from roles.actions import delegations_leaving as _delegations_leave  # noqa: F401  (after the assignments)
        from roles.actions import (  # noqa: F401  (each subscribes to leaving and staying)
            guidance_starter,  # noqa: F401  (brings levels along with starter roles)
            leaving,
            leaving_access,
        )
        from roles.actions import letters as letters_made  # noqa: F401  (the worker renders them)
        from roles.actions import teams as _teams_leave  # noqa: F401  (subscribes to leaving and staying)
        from roles.policy import absences as absence_rules  # noqa: F401
        from roles.policy import delegations as delegation_rules  # noqa: F401
        from roles.policy import leaving as _leaving  # noqa: F401
        from roles.policy import letters as letter_rules  # noqa: F401
        from roles.policy import teams as team_rules  # noqa: F401
