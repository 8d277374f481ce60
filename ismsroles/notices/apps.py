"""Messages to people. No word of information security in here."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "ismsroles.notices"
    label = "notices"

    def ready(self) -> None:
        from ismsroles.notices import events, mail, navigation, policy, sending  # noqa: F401  (each registers what it offers)
