"""Event codes of this app and their sentences."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "login.created": _("%(actor)s made a login for %(subject)s (%(email)s)."),
        "login.invited": _("%(actor)s invited %(subject)s to sign in."),
        "login.opened": _("%(subject)s opened the invitation and chose a password."),
        "login.closed": _("%(actor)s closed the login of %(subject)s."),
        "login.reopened": _("%(actor)s opened the login of %(subject)s again."),
        "login.signed_in": _("%(subject)s signed in."),
        "login.signed_out": _("%(subject)s signed out."),
        "login.refused": _("A sign-in as %(email)s was refused."),
        "login.password_changed": _("%(subject)s changed the password."),
        "organisation.changed": _("%(actor)s changed the organisation’s details: %(what)s."),
        "access.refused": _("%(actor)s was refused: %(path)s."),
    }
)
