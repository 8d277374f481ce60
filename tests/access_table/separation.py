"""Segregation of duties: rules, duties, exceptions. Hana's role and the vacant one are kept apart; Cole asked for an exception."""

from types import SimpleNamespace

from ismsroles.core import clock
from roles.actions import separation
from roles.actions import separation_exceptions as exceptions
from tests.access_walk import Row


def furnish(world: SimpleNamespace) -> None:
    roles = [world.roles.held, world.roles.top]
    world.apart = separation.add_rule(actor=world.ism, effect="warn", why="Own work.", roles=roles)
    world.tags = [
        separation.add_duty(actor=world.ism, name=name, meaning="Said so.") for name in ("audits", "operates")
    ]
    separation.add_rule(actor=world.ism, effect="warn", why="Own work.", duties=world.tags)
    world.pair = [role.responsibilities.first().pk for role in roles]
    today = clock.today()
    world.asked = exceptions.request_exception(
        actor=world.ism, rule=world.apart, person=world.people.colleague, control="Looked at monthly.", reason="Small team.",
        starts_on=today, ends_on=today,
    )  # fmt: skip


# fmt: off
ISM, SEEN, OWN = "403 200 403 403 403 403 403 403", "200 200 200 200 403 403 200 403", "403 200 403 403 404 404 403 404"
WRITE, WRITE_OWN = "403 422 403 403 403 403 403 403", "403 422 403 403 404 404 403 404"
TABLE = [
    Row("separation", SEEN, "405"),
    Row("overlaps", "200 200 200 403 403 403 200 403", "405"),
    Row("overlap", "200 200 200 403 403 403 200 403", "403 422 403 403 403 403 403 403", lambda w: w.pair),
    Row("people-offers", "200", "405"),
    Row("propose-people", "403 200 403 200 403 403 403 403", "405"),
    Row("separation-matrix", SEEN, "405"),
    Row("separation-adopt", ISM, "403 302 403 403 403 403 403 403"),
    Row("separation-add", ISM, WRITE),
    Row("separation-rule", "200 200 200 200 404 404 200 404", "405", lambda w: [w.apart.pk]),
    Row("separation-edit", OWN, WRITE_OWN, lambda w: [w.apart.pk]),
    Row("separation-retire", OWN, WRITE_OWN, lambda w: [w.apart.pk]),
    Row("separation-back", OWN, "403 409 403 403 404 404 403 404", lambda w: [w.apart.pk]),
    Row("duties", SEEN, "405"),
    Row("duty-add", ISM, WRITE),
    Row("duty", "200 200 200 200 404 404 200 404", "405", lambda w: [w.tags[0].pk]),
    Row("duty-edit", OWN, WRITE_OWN, lambda w: [w.tags[0].pk]),
    Row("duty-remove", OWN, "403 409 403 403 404 404 403 404", lambda w: [w.tags[0].pk]),
    Row("responsibility-mark", ISM, "403 302 403 403 403 403 403 403", lambda w: [w.duty.pk]),
    Row("separation-exceptions", SEEN, "405"),
    Row("separation-exception-request", "403 200 403 200 403 403 403 403", "403 422 403 422 403 403 403 403"),
    Row("separation-exception", "200 200 200 404 404 404 200 200", "405", lambda w: [w.asked.pk], what="about the colleague"),
    Row("separation-exception-decide", "200 200 200 404 403 403 200 403", "403 403 422 404 403 403 403 403", lambda w: [w.asked.pk]),
    Row("separation-exception-withdraw", "403 200 403 404 404 404 403 403", "403 302 403 404 404 404 403 403", lambda w: [w.asked.pk]),
    Row("separation-exception-end", "403 200 403 404 404 404 403 403", "403 422 403 404 404 404 403 403", lambda w: [w.asked.pk]),
]
# fmt: on
