"""Event codes of the register and their sentences."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "area.added": _("%(actor)s added the area %(subject)s."),
        "area.changed": _("%(actor)s changed the area %(subject)s: %(what)s."),
        "area.removed": _("%(actor)s removed the area %(subject)s."),
        "person.added": _("%(actor)s added %(subject)s."),
        "person.changed": _("%(actor)s changed %(subject)s: %(what)s."),
        "person.leaves": _("%(actor)s recorded %(last_day)s as the last day of %(subject)s."),
        "person.stays": _("%(actor)s took back the last day of %(subject)s."),
        "people.imported": _(
            "%(actor)s imported a list of people: %(new)s new, %(changed)s changed, %(leaving)s leaving, %(refused)s rows refused."
        ),
        "person.representative_named": _("%(actor)s named %(subject)s as representative of %(area)s."),
        "person.representative_ended": _("%(actor)s ended %(subject)s’s part as representative of %(area)s."),
        "person.login_linked": _("%(actor)s gave %(subject)s the login %(email)s."),
        "approver.login_counts": _("The login %(email)s of %(subject)s decides from now on, as %(role)s."),
        "approver.login_linked": _("%(actor)s gave the approver %(subject)s (%(role)s) the login %(email)s."),
        "role.added": _("%(actor)s added the role %(subject)s."),
        "role.adopted": _("%(actor)s adopted the role %(subject)s from the starter library."),
        "role.changed": _("%(actor)s changed the role %(subject)s: %(what)s."),
        "role.activated": _("%(actor)s put the role %(subject)s in force."),
        "role.retired": _("%(actor)s retired the role %(subject)s."),
        "role.brought_back": _("%(actor)s brought the role %(subject)s back as a draft."),
        "responsibility.added": _("%(actor)s gave %(subject)s a responsibility: %(text)s"),
        "responsibility.changed": _("%(actor)s changed a responsibility of %(subject)s from “%(was)s” to “%(text)s”."),
        "responsibility.moved": _("%(actor)s moved a responsibility from %(was)s to %(subject)s: %(text)s"),
        "responsibility.removed": _("%(actor)s removed a responsibility of %(subject)s: %(text)s"),
        "authority.added": _("%(actor)s gave %(subject)s an authority: %(text)s"),
        "authority.changed": _("%(actor)s changed an authority of %(subject)s from “%(was)s” to “%(text)s”."),
        "authority.removed": _("%(actor)s removed an authority of %(subject)s: %(text)s"),
        "assignment.proposed": _("%(actor)s proposed %(person)s as %(seat)s of %(role)s."),
        "assignment.approved": _("%(actor)s approved %(person)s as %(seat)s of %(role)s."),
        "assignment.rejected": _("%(actor)s rejected %(person)s as %(seat)s of %(role)s."),
        "assignment.withdrawn": _("%(actor)s withdrew the proposal of %(person)s as %(seat)s of %(role)s."),
        "assignment.ended": _("%(actor)s set %(ends_on)s as the last day of %(person)s as %(seat)s of %(role)s."),
        "assignment.restored": _("%(actor)s restored %(person)s as %(seat)s of %(role)s, until %(until)s as approved."),
        "assignment.founded": _(
            "%(actor)s recorded the founding appointment of %(person)s as %(role)s by decision of %(date)s (%(reference)s)."
        ),
    }
)
