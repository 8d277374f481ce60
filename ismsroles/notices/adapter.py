"""How django-allauth behaves here: nobody signs up, and its mails go through the outbox."""

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from ismsroles.notices import mail


class AccountAdapter(DefaultAccountAdapter):
    """Logins come from invitations only."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("That e-mail address and password do not belong together."),
        "too_many_login_attempts": _(
            "Too many wrong passwords. To keep strangers from guessing, signing in with this address is closed for "
            "five minutes. Try again after that."
        ),
        "enter_current_password": _("That is not your present password."),
        "incorrect_password": _("That is not your password."),
        "account_inactive": _("This account is closed. Ask the information security manager."),
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    @transaction.atomic
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        subject = render_to_string(f"{template_prefix}_subject.txt", context)
        text = render_to_string(f"{template_prefix}_message.txt", context)
        mail.post(to=email, subject=subject, text=text, key=f"account-{uuid4()}")
