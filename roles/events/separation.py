"""Event codes of duties, rules of separation and exceptions, and their sentences."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "duty.added": _("%(actor)s added the duty “%(subject)s”."),
        "duty.changed": _("%(actor)s changed the duty “%(subject)s”: %(what)s."),
        "duty.removed": _("%(actor)s removed the duty “%(subject)s”."),
        "responsibility.marked": _("%(actor)s marked a responsibility of %(subject)s as %(duties)s: %(text)s"),
        "separation.added": _("%(actor)s added a rule of separation that %(effect)s: %(subject)s."),
        "separation.changed": _("%(actor)s changed the rule of separation %(subject)s: %(what)s."),
        "separation.retired": _("%(actor)s retired the rule of separation %(subject)s."),
        "separation.brought_back": _("%(actor)s put the rule of separation %(subject)s in force again."),
        "separation.adopted": _(
            "%(actor)s adopted the starter set of separation: %(rules)s rules, %(marks)s responsibilities marked."
        ),
        "separation.exception_requested": _(
            "%(actor)s asked for an exception for %(person)s from %(rule)s until %(ends_on)s."
        ),
        "separation.exception_approved": _(
            "%(actor)s approved the exception for %(person)s from %(rule)s until %(ends_on)s."
        ),
        "separation.exception_rejected": _("%(actor)s rejected the exception for %(person)s from %(rule)s."),
        "separation.exception_withdrawn": _(
            "%(actor)s withdrew the request of an exception for %(person)s from %(rule)s."
        ),
        "separation.exception_ended": _("%(actor)s ended the exception for %(person)s from %(rule)s on %(ends_on)s."),
    }
)
