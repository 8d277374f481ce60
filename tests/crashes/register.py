"""The sides of the register: make it, change it while processes die, and look at what is there in the end.

Each function runs in a process of its own, with the settings of the run."""

import random
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import Error, connection, transaction

from ismsroles.core import clock, history, scope
from ismsroles.core.models import AuditEvent, OutboxMessage, User
from ismsroles.notices import mail
from reviews import dates, sweep
from reviews.models import Review, Trigger
from roles.actions import register
from roles.models import Role

ISM = "ismail.keeper@testhouse.example"


def prepare() -> None:
    """An organisation with top management and an information security manager, who review."""
    from tests import factories

    call_command("migrate", run_syncdb=True, verbosity=0)
    factories.organisation()
    top = factories.person("Tora Top", login=True)
    ism = factories.person("Ismail Keeper", login=True)
    factories.hold(factories.role("Chief executive", persona="top_management"), top)
    keeper = factories.role("Information security manager", persona="ism")
    factories.hold(keeper, ism, approver=top.user)


def write(first: int, last: int, seed: str, progress: str) -> None:
    """Make these changes, each repeated until the database has confirmed it; the file grows by a byte with each."""
    with Path(progress).open("ab", buffering=0) as confirmed:
        for number, change in _plan(last, seed):
            if number >= first:
                _insist(number, change)
                confirmed.write(b".")


def _plan(changes: int, seed: str) -> list[tuple[int, tuple[str, Any]]]:
    """Every second change puts a role in force, about a year ago; the others change what one of them is for."""
    chance, plan = random.Random(seed), []
    for number in range(changes):
        if number % 2 == 0:
            plan.append((number, ("role", chance.randint(340, 372))))
        else:
            plan.append((number, ("purpose", chance.randrange(number // 2 + 1))))
    return plan


def _insist(number: int, change: tuple[str, Any]) -> None:
    while True:
        try:
            if OutboxMessage.objects.filter(key=f"mail:change-{number}").exists():
                return  # confirmed, though nobody heard of it
            with scope.opened(), transaction.atomic():
                _do(number, *change)
        except Error:
            connection.close()
            time.sleep(0.2)


def _do(number: int, what: str, value: int) -> None:
    """One change and the mail that it causes, together or not at all."""
    if what == "role":
        with clock.at(clock.now() - timedelta(days=value)):
            role = Role(title=f"Role {number // 2}", purpose="As it was begun.", state="active", kind="many")
            history.save(role, actor=None)
    else:
        ism = User.objects.get(email=ISM)
        register.change_role(Role.objects.get(title=f"Role {value}"), actor=ism, purpose=_purpose(number))
    mail.post(to=f"p{number}@outside.example", subject="Changed", text="Something changed.", key=f"change-{number}")


def _purpose(number: int) -> str:
    return f"As it stands after change {number}."


def press_retry() -> int:
    """What was tried and failed waits for up to six hours; the button of the health page cuts that short."""
    failed = OutboxMessage.objects.filter(delivered_at=None, leased_until=None).exclude(last_error="")
    return failed.update(due_at=clock.now())


def result(changes: int, seed: str) -> dict[str, Any]:
    """What is wrong, in words, and the Message-IDs that the mail server must have seen."""
    wrong = [*_wrong_changes(changes, seed), *_wrong_reviews(changes, seed), *_wrong_messages()]
    keys = OutboxMessage.objects.filter(kind="mail").values_list("key", flat=True)
    return {
        "wrong": wrong,
        "mails": [f"<{key.removeprefix('mail:')}@ismsroles>" for key in keys],
        "reviews": Review.objects.count(),
    }


def settled(changes: int, seed: str) -> dict[str, Any]:
    """Whether everything has happened that must; presses the button for what failed."""
    press_retry()
    left = OutboxMessage.objects.filter(delivered_at=None).count()
    return {"left": left, "wrong": [] if left else _wrong_reviews(changes, seed)}


def _wrong_changes(changes: int, seed: str) -> list[str]:
    expected: dict[str, str] = {}
    for number, (what, value) in _plan(changes, seed):
        if what == "role":
            expected[f"Role {number // 2}"] = "As it was begun."
        else:
            expected[f"Role {value}"] = _purpose(number)
    found = dict(Role.objects.filter(title__in=expected).values_list("title", "purpose"))
    wrong = [f"{title}: {found.get(title)!r}" for title, purpose in expected.items() if found.get(title) != purpose]
    told = AuditEvent.objects.filter(code="role.changed").count()
    asked = sum(what == "purpose" for _number, (what, _value) in _plan(changes, seed))
    return wrong + ([] if told == asked else [f"{told} changes in the log instead of {asked}"])


def _wrong_reviews(changes: int, seed: str) -> list[str]:
    """The reviews that are there, with how often, against those that must be: the set is exactly the expected one."""
    found = Counter(
        (kind, subject_kind, label, period.isoformat() if kind == "periodic" else "")
        for kind, subject_kind, label, period in Review.objects.values_list(
            "kind", "subject_kind", "subject_label", "period"
        )
    )
    expected = Counter(_expected(changes, seed))
    wrong = [f"not expected: {one}" for one in (found - expected).elements()]
    wrong += [f"missing: {one}" for one in (expected - found).elements()]
    heard = AuditEvent.objects.filter(code="role.changed").values_list("pk", flat=True)
    counted = Trigger.objects.exclude(review=None).values_list("event_id", flat=True)
    return wrong + ([] if Counter(heard) == Counter(counted) else ["not every change counts once"])


def _expected(changes: int, seed: str) -> list[tuple[str, str, str, str]]:
    """Each role of about a year ago is due once; each that was changed is looked at once, however often it was."""
    begun = Role.history.filter(state="active", title__startswith="Role ").order_by("title", "history_date")
    since: dict[str, Any] = {}
    for title, moment in begun.values_list("title", "history_date"):
        since.setdefault(title, moment.astimezone(clock.zone()).date())
    plan = [change for _number, change in _plan(changes, seed)]
    roles = [f"Role {number}" for number in range(sum(what == "role" for what, _value in plan))]
    changed = {f"Role {value}" for what, value in plan if what == "purpose"}
    yearly = [
        ("periodic", "role", title, dates.due_after(since[title], 12).isoformat()) for title in roles if title in since
    ]
    return yearly + [("on_change", "role", title, "") for title in sorted(changed)]


def _wrong_messages() -> list[str]:
    """Nothing waits; and what is due now is nothing."""
    wrong = [f"waits: {key}" for key in OutboxMessage.objects.filter(delivered_at=None).values_list("key", flat=True)]
    opened = sweep.run_due().opened
    return wrong + ([f"{opened} reviews were due and not open"] if opened else [])
