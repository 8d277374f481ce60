"""Who keeps levels, processes, policies and questions, and who looks them up (R6, R7, R9, K4)."""

from django.db.models import QuerySet

from ismsroles.core import access
from roles.models import AuthorisationLevel, Policy, Process, Question, Unanswered
from roles.policy import keeps_register, standing


@access.policy("roles.guidance.keep")
def _keep(user, _obj) -> bool:
    return keeps_register(user)


@access.policy("roles.ask")
def _ask(user, _obj) -> bool:
    """Whoever sees the register may ask; nobody is named in what was asked."""
    return access.may(user, "roles.register.see")


@access.policy("roles.unanswered.see")
def _sees_unanswered(user, _obj) -> bool:
    return keeps_register(user) or standing(user).is_administrator or access.reads_everything(user)


def _for_everybody(model):
    @access.visible(model)
    def _rows(user) -> QuerySet:
        """Everybody who sees the register looks them up (R6, K4)."""
        return model.objects.all() if access.may(user, "roles.register.see") else model.objects.none()


for _model in (AuthorisationLevel, Process, Policy, Question):
    _for_everybody(_model)


@access.visible(Unanswered)
def _unanswered(user) -> QuerySet:
    return Unanswered.objects.all() if access.may(user, "roles.unanswered.see") else Unanswered.objects.none()
