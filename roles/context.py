"""What every page says of the signed-in person: one fact under their name."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from ismsroles.core.access import reads_everything
from roles.policy import standing


def persona(request: HttpRequest) -> dict[str, object]:
    """`persona_label`: as what they are here, worked out from the register like their access."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"persona_label": SimpleLazyObject(lambda: _label(user))}


def _label(user) -> str:
    who = standing(user)
    if who.acts and not who.approves_in:
        return _("Stands in for %(person)s") % {"person": who.acts[0].person}
    if who.is_ism:
        return _("Information security manager")
    if who.is_top_management:
        return who.approves_as
    if who.is_administrator:
        return _("Administrator")
    if who.person is None:
        return _("Auditor") if reads_everything(user) else ""
    return who.person.job_title
