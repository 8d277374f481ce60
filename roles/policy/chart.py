"""Who says who keeps the organisation chart, records restructures, and confirms the chart (coverage R8)."""

from django.db.models import QuerySet

from ismsroles.core import access, clock
from roles.models import ChartConfirmation, Restructure
from roles.policy import keeps_register, standing
from roles.queries import keeping


@access.policy("roles.chart.keep")
def _keep(user, _obj) -> bool:
    """Naming the role that keeps the chart, and recording a restructure, is part of keeping the register."""
    return keeps_register(user)


@access.policy("roles.chart.confirm")
def _confirm(user, _obj) -> bool:
    """Only who holds the role that keeps the chart today, or its deputy while the holder is away."""
    person = standing(user).person
    if person is None:
        return False
    held = any(one.pk == person.pk for one in keeping.keepers(clock.today()))
    return held or keeping.acting_keeper(person, clock.today()) is not None


@access.visible(Restructure)
def _restructures(user) -> QuerySet:
    return Restructure.objects.all() if access.may(user, "roles.register.see") else Restructure.objects.none()


@access.visible(ChartConfirmation)
def _confirmations(user) -> QuerySet:
    rows = ChartConfirmation.objects
    return rows.all() if access.may(user, "roles.register.see") else rows.none()
