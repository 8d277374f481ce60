"""Areas, people, roles, responsibilities, authorities and assignments."""

from django.apps import AppConfig


class RolesConfig(AppConfig):
    name = "roles"

    def ready(self) -> None:
        from roles import events, findings, guards, homes, navigation, policy  # noqa: F401  (each registers what it offers)
        from roles.actions import leaving, leaving_access  # noqa: F401  (each subscribes to leaving and staying)
        from roles.policy import leaving as _leaving  # noqa: F401
