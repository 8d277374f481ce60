"""Event codes of levels, processes, policies and questions, and their sentences."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "level.added": _("%(actor)s added the authorisation level %(subject)s."),
        "level.changed": _("%(actor)s changed the authorisation level %(subject)s: %(what)s."),
        "level.retired": _("%(actor)s retired the authorisation level %(subject)s."),
        "level.brought_back": _("%(actor)s brought the authorisation level %(subject)s back."),
        "process.added": _("%(actor)s added the process %(subject)s."),
        "process.changed": _("%(actor)s changed the process %(subject)s: %(what)s."),
        "process.retired": _("%(actor)s retired the process %(subject)s."),
        "process.brought_back": _("%(actor)s brought the process %(subject)s back."),
        "process.part_added": _("%(actor)s gave %(role)s a part in the process %(subject)s: %(does)s"),
        "process.part_changed": _("%(actor)s changed a part in the process %(subject)s: %(what)s."),
        "process.part_removed": _("%(actor)s took the part of %(role)s out of the process %(subject)s."),
        "policy.added": _("%(actor)s added the policy %(subject)s."),
        "policy.changed": _("%(actor)s changed the policy %(subject)s: %(what)s."),
        "policy.retired": _("%(actor)s retired the policy %(subject)s."),
        "policy.brought_back": _("%(actor)s brought the policy %(subject)s back."),
        "policy.part_added": _("%(actor)s said how %(role)s puts the policy %(subject)s into effect: %(does)s"),
        "policy.part_changed": _("%(actor)s changed how a role puts the policy %(subject)s into effect: %(what)s."),
        "policy.part_removed": _("%(actor)s took %(role)s out of those that put the policy %(subject)s into effect."),
        "question.added": _("%(actor)s added the question “%(subject)s”."),
        "question.changed": _("%(actor)s changed the question “%(subject)s”: %(what)s."),
        "question.moved": _("%(actor)s moved the question “%(subject)s” one place %(way)s."),
        "question.retired": _("%(actor)s retired the question “%(subject)s”."),
        "question.brought_back": _("%(actor)s brought the question “%(subject)s” back."),
        "question.unanswered_closed": _("%(actor)s closed the unanswered question “%(subject)s”: %(how)s."),
    }
)
