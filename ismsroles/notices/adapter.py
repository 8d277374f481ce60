"""How django-allauth behaves here: nobody signs up, and its mails go through the outbox."""

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.template.loader import render_to_string

from ismsroles.notices import mail


class AccountAdapter(DefaultAccountAdapter):
    """Logins come from invitations only."""

    def is_open_for_signup(self, request) -> bool:
        return False

    @transaction.atomic
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        subject = render_to_string(f"{template_prefix}_subject.txt", context)
        text = render_to_string(f"{template_prefix}_message.txt", context)
        mail.post(to=email, subject=subject, text=text, key=f"account-{uuid4()}")
