"""The fixed cast of design §9, and the one fixture that lifts the guards so that tables can be emptied."""

import gc
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from datetime import time as time_of_day
from types import SimpleNamespace

import pytest
from django.test import Client
from guardian.shortcuts import assign_perm
from hypothesis import HealthCheck, settings

from ismsroles.core import clock, guards, outbox, unchanged
from ismsroles.notices import digests
from tests import factories
from tests.made_once import made_once

# No property is false because the machine was busy; the fixtures of a test are the same for each of its examples.
SLOW_IS_WELL = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("tests", deadline=None, suppress_health_check=SLOW_IS_WELL)
settings.load_profile("tests")

PERSONAS = (
    "administrator", "ism", "top", "representative", "holder", "deputy", "auditor", "leaver", "colleague", "anonymous",
)  # fmt: skip


def pytest_collection_finish() -> None:
    """What is loaded by now stays loaded: the collector of garbage need not walk it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def _emptied_tables(request):
    """Tables of transactional tests are emptied, which the guards refuse: lifted here, reinstalled by the flush, nowhere else."""
    marker = request.node.get_closest_marker("django_db")
    transactional = "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction"))
    if transactional:
        unchanged.forget()  # numbers of rows begin anew in emptied tables
        request.getfixturevalue("transactional_db")
    yield
    if transactional:
        guards.lift()


@pytest.fixture
def organisation(db):
    """The organisation, in London's time."""
    return factories.organisation()


@pytest.fixture
def cast(organisation) -> SimpleNamespace:
    """Everybody of design §9: `cast.ism` is a login, `cast.people.ism` the person, `cast.roles.ism` the role."""
    return made_once("cast", _cast)


def _cast() -> SimpleNamespace:
    home, elsewhere = factories.area("Operations"), factories.area("Finance")
    people = SimpleNamespace(
        top=factories.person("Tora Top", login=True, job_title="Chief executive"),
        ism=factories.person("Ismail Keeper", login=True, area=home),
        representative=factories.person("Reka Representative", login=True, area=home),
        holder=factories.person("Hana Holder", login=True, area=home),
        deputy=factories.person("Dov Deputy", login=True, area=home),
        leaver=factories.person("Lea Leaver", login=True, area=home, last_day=clock.today() - timedelta(days=1)),
        colleague=factories.person("Cole Colleague", login=True, area=elsewhere),
        outsider=factories.person("Otto Outsider", area=elsewhere, kind="consultant", employer="Advice Ltd"),
    )
    roles = SimpleNamespace(
        top=factories.role("Chief executive", persona="top_management", clauses=["5.1"]),
        ism=factories.role("Information security manager", persona="ism", clauses=["5.3 a", "5.3 b"]),
        held=factories.role("Incident manager", area=home, duties=2),
        vacant=factories.role("Continuity manager"),
    )
    administrator, auditor = factories.user("Ada Administrator", administrator=True), factories.user("Aude Auditor")
    assign_perm("represent_area", people.representative.user, home)
    engagement, top = factories.audit(auditor), people.top.user
    held = SimpleNamespace(
        top=factories.hold(roles.top, people.top),
        ism=factories.hold(roles.ism, people.ism, approver=top),
        holder=factories.hold(roles.held, people.holder, approver=top),
        deputy=factories.hold(roles.held, people.deputy, approver=top, seat="deputy"),
    )
    logins = {name: person.user for name, person in vars(people).items() if person.user}
    return SimpleNamespace(
        people=people, roles=roles, held=held, home=home, elsewhere=elsewhere, engagement=engagement,
        administrator=administrator, auditor=auditor, **logins,
    )  # fmt: skip


@pytest.fixture
def as_user(cast) -> Callable[[str], Client]:
    """`as_user("ism")` is a browser in which that persona is signed in."""

    def signed_in(persona: str) -> Client:
        client = Client()
        if persona != "anonymous":
            client.force_login(getattr(cast, persona), backend="allauth.account.auth_backends.AuthenticationBackend")
            session = client.session  # as if they had just entered their password again
            session["account_authentication_methods_user"] = str(getattr(cast, persona).pk)
            session["account_authentication_methods"] = [
                {"method": "password", "at": time.time(), "reauthenticated": True}
            ]
            session.save()
        return client

    return signed_in


@pytest.fixture
def deliver() -> Callable[[], int]:
    """Deliver what lies in the outbox, as the worker would."""
    return outbox.deliver_due


@pytest.fixture
def next_morning() -> Callable[[], None]:
    """The digests of tomorrow morning are made and everything is delivered."""

    def deliver_all() -> None:
        morning = datetime.combine(clock.today() + clock.DAY, time_of_day(9), clock.zone())
        with clock.at(morning):
            digests.make_due()
            outbox.deliver_due()

    return deliver_all
