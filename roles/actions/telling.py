"""Who is told what about an assignment (K2). Links in these mails open pages; reading one decides nothing (rule 14)."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ismsroles.core import clock
from ismsroles.notices import mail
from roles.models import Assignment, SeparationException
from roles.queries.assignments import who_may_decide
from roles.queries.separation_exceptions import who_may_decide as who_decides_exception
from roles.terms import in_words


def tell_approvers(assignment: Assignment) -> None:
    """Those who may decide learn that something waits: one mail a day for each, however much was proposed."""
    text = _(
        "Hello %(name)s,\n\nassignments to information security roles wait for your decision.\n"
        "Sign in to read what would change, then approve or reject:\n\n%(link)s\n"
    )
    for person in who_may_decide(assignment):
        if person.user is None:
            continue
        mail.post(
            to=person.user.email,
            subject=_("Assignments wait for your decision"),
            text=text % {"name": person, "link": link("approvals")},
            key=f"approvals-{person.user_id}-{clock.today().isoformat()}",
        )


def tell_person(assignment: Assignment) -> None:
    """Who gets a role is told. Without an address there is nobody to write to; the page says so."""
    text = _(
        "Hello %(person)s,\n\nfrom %(day)s you are %(seat)s of the role “%(role)s”.\n"
        "Your appointment letter waits for your answer. Sign in, read it, and accept or decline:\n\n%(link)s\n"
    )
    words = _words(assignment) | {"day": in_words(assignment.starts_on), "link": link("mine")}
    _write(assignment, _("You are now %(seat)s of %(role)s") % words, text % words, f"approved-{assignment.pk}")


def tell_end(assignment: Assignment) -> None:
    """Who loses a role is told when and why."""
    text = _("Hello %(person)s,\n\n%(day)s is your last day as %(seat)s of the role “%(role)s”.\nWhy: %(why)s\n")
    words = _words(assignment) | {"day": in_words(assignment.ends_on), "why": assignment.end_reason}
    key = f"ended-{assignment.pk}-{assignment.ends_on.isoformat()}"
    _write(assignment, _("Your role %(role)s ends") % words, text % words, key)


def tell_proposer(assignment: Assignment) -> None:
    """Who proposed learns that it was rejected, and why."""
    text = _(
        "Hello %(proposer)s,\n\n%(person)s was not approved as %(seat)s of the role “%(role)s”.\n"
        "%(decider)s wrote: %(why)s\n\n%(link)s\n"
    )
    words = _words(assignment) | {
        "proposer": assignment.proposed_by,
        "decider": assignment.decided_by,
        "why": assignment.decision_reason,
        "link": link("assignment", assignment.pk),
    }
    mail.post(
        to=assignment.proposed_by.email,
        subject=_("Not approved: %(person)s as %(seat)s of %(role)s") % words,
        text=text % words,
        key=f"assignment-rejected-{assignment.pk}",
    )


def tell_exception_approvers(exception: SeparationException) -> None:
    """Those who may decide on an exception learn that it waits, in the same one mail a day."""
    text = _(
        "Hello %(name)s,\n\nexceptions from segregation of duties wait for your decision.\n"
        "Sign in to read what each would allow, then approve or reject:\n\n%(link)s\n"
    )
    for person in who_decides_exception(exception):
        if person.user is not None:
            mail.post(
                to=person.user.email,
                subject=_("Exceptions wait for your decision"),
                text=text % {"name": person, "link": link("approvals")},
                key=f"exceptions-{person.user_id}-{clock.today().isoformat()}",
            )


def tell_exception_decided(exception: SeparationException) -> None:
    """Who asked for an exception learns what was decided."""
    text = _("Hello %(name)s,\n\nthe exception for %(person)s from “%(rule)s” is %(state)s.\n%(why)s\n\n%(link)s\n")
    words = {
        "name": exception.proposed_by,
        "person": exception.person,
        "rule": exception.rule,
        "state": exception.get_state_display(),
        "why": exception.decision_reason,
        "link": link("separation-exception", exception.pk),
    }
    subject = _("Exception for %(person)s: %(state)s") % words
    mail.post(
        to=exception.proposed_by.email, subject=subject, text=text % words, key=f"exception-{exception.pk}-decided"
    )


def _words(assignment: Assignment) -> dict[str, object]:
    return {"person": assignment.person, "seat": assignment.get_seat_display(), "role": assignment.role}


def _write(assignment: Assignment, subject: str, text: str, key: str) -> None:
    if assignment.person.email:
        mail.post(to=assignment.person.email, subject=subject, text=text, key=f"assignment-{key}")


def link(name: str, *args: object) -> str:
    """The address of a page, as a mail carries it."""
    return settings.BASE_URL.rstrip("/") + reverse(name, args=args)


def tell_of_exception(exception) -> None:
    """The approver learns what they may decide alone, until when, and what is checked instead."""
    if not exception.approver.email:
        return
    text = _(
        "Hello %(person)s,\n\n%(who)s recorded that, as the only approver, you may decide on your own proposals until %(day)s "
        "(%(reference)s). What is about you stays closed to you.\nInstead: %(control)s\n\n%(link)s\n"
    )
    words = {
        "person": exception.approver, "who": exception.recorded_by, "day": in_words(exception.ends_on),
        "reference": exception.board_reference, "control": exception.control,
        "link": link("approver-exception", exception.pk),
    }  # fmt: skip
    subject = _("You may decide on your own proposals for a time")
    mail.post(to=exception.approver.email, subject=subject, text=text % words, key=f"exception-{exception.pk}")


def tell_of_succession(made: Assignment, former: set) -> None:
    """Every information security manager and every former approver learns whom the administrator entered as approver."""
    text = _(
        "Hello %(name)s,\n\nnobody was left to approve. %(who)s recorded that the board appointed %(person)s as %(role)s "
        "on %(day)s (%(reference)s).\nIf you know of no such decision, say so at once.\n\n%(link)s\n"
    )
    words = _words(made) | {
        "who": made.proposed_by, "day": in_words(made.founding_date), "reference": made.founding_reference,
        "link": link("assignment", made.pk),
    }  # fmt: skip
    managers = Assignment.objects.current(clock.today()).filter(seat="primary", role__persona="ism")
    told = former | {held.person for held in managers.select_related("person")}
    subject = _("The board’s appointment of %(person)s was recorded") % words
    for person in sorted(told, key=lambda one: one.pk):
        if person.email and person != made.person:
            key = f"succession-{made.pk}-{person.pk}"
            mail.post(to=person.email, subject=subject, text=text % (words | {"name": person}), key=key)
