"""Event codes of the matrix and their sentences."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "matrix.group_added": _("%(actor)s added the process %(subject)s to the matrix."),
        "matrix.group_changed": _("%(actor)s changed the process %(subject)s of the matrix: %(what)s."),
        "matrix.group_retired": _("%(actor)s took the process %(subject)s out of the matrix."),
        "matrix.group_brought_back": _("%(actor)s brought the process %(subject)s back into the matrix."),
        "matrix.ordered": _("%(actor)s put the matrix into another order: %(what)s."),
        "matrix.limits_changed": _("%(actor)s changed the limits of the matrix: %(what)s."),
        "matrix.published": _("%(actor)s published the matrix: %(what)s."),
        "activity.added": _("%(actor)s added the activity %(subject)s."),
        "activity.adopted": _("%(actor)s adopted the activity %(subject)s from the starter list."),
        "activity.changed": _("%(actor)s changed the activity %(subject)s: %(what)s."),
        "activity.retired": _("%(actor)s retired the activity %(subject)s."),
        "activity.brought_back": _("%(actor)s brought the activity %(subject)s back."),
        "allocation.changed": _("%(actor)s changed who does what in %(subject)s: %(role)s from %(was)s to %(now)s."),
        "allocation.undone": _("%(actor)s took back a change in %(subject)s: %(role)s from %(was)s to %(now)s."),
    }
)
