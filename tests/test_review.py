"""What a reviewer who distrusts everything tried: far-off days, moved scopes, second logins, SQL round the triggers."""

from datetime import date

import pytest
from django.urls import reverse

from ismsroles.core import clock
from ismsroles.core.errors import Invalid
from ismsroles.core.models import Organisation
from roles.actions import assignments as actions
from roles.actions import people
from tests import factories

pytestmark = pytest.mark.django_db


def propose(cast, person, **terms):
    terms = {"role": cast.roles.vacant, "starts_on": clock.today(), "reason": "Knows it", "actor": cast.ism, **terms}
    return actions.propose_assignment(person=person, **terms)


# Days at the edge of the calendar ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("term", [{"starts_on": date.min}, {"ends_on": date.max}])
def test_a_term_that_no_organisation_means_is_refused_at_its_day(cast, term):
    cast.people.outsider.starts_on = None
    cast.people.outsider.save()
    with pytest.raises(Invalid, match="outside 1900 to 2200") as refused:
        propose(cast, cast.people.outsider, **term)
    assert refused.value.field == next(iter(term))


def test_a_last_day_without_a_day_after_it_is_refused(cast):
    """HR systems write 9999-12-31 for "no end": the overview would fail on the day after."""
    with pytest.raises(Invalid, match="outside 1900 to 2200"):
        people.record_last_day(cast.people.holder, date.max, actor=cast.ism)


def test_a_first_day_before_any_organisation_is_refused(cast):
    with pytest.raises(Invalid):
        people.add_person(actor=cast.ism, name="Fay First", starts_on=date.min)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "9999-12-30", "yesterday"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_log_takes_any_day_in_any_zone(cast, as_user, day, zone):
    Organisation.objects.update(time_zone=zone)
    for name in ("since", "until"):
        assert as_user("ism").get(reverse("log"), {name: day}).status_code == 200
