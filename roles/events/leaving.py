"""What is told of leaving, handing over and moving."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "person.moved": _("%(subject)s moved: %(what)s."),
        "assignment.kept_after_move": _(
            "%(actor)s decided that %(subject)s stays %(seat)s of %(role)s after the move."
        ),
        "person.handed_over": _("%(actor)s proposed successors of %(subject)s: %(what)s."),
    }
)
