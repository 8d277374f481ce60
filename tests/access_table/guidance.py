"""Authorisation levels, processes, policies, questions and their answers."""

from types import SimpleNamespace

from ismsroles.core import clock
from roles.models import AuthorisationLevel, Policy, PolicyPart, Process, ProcessPart, Question, Unanswered
from tests.access_walk import Row

ISM, ISM_FORM, ISM_DOES = (
    "403 200 403 403 403 403 403 403",
    "403 422 403 403 403 403 403 403",
    "403 302 403 403 403 403 403 403",
)
ISM_CANNOT, LOG = "403 409 403 403 403 403 403 403", "200 200 200 403 403 403 200 403"

# fmt: off
TABLE = [
    Row("levels", "200", "405"),
    Row("levels-export", "200", "405"),
    Row("levels-starter", ISM, ISM_DOES),
    Row("level", "200", "405", lambda w: [w.level.pk]),
    Row("level-add", ISM, ISM_FORM),
    Row("level-edit", ISM, ISM_FORM, lambda w: [w.level.pk]),
    Row("level-retire", ISM, ISM_CANNOT, lambda w: [w.level.pk]),
    Row("level-back", ISM, ISM_CANNOT, lambda w: [w.level.pk]),
    Row("level-history", LOG, "405", lambda w: [w.level.pk]),
    Row("processes", "200", "405"),
    Row("processes-export", "200", "405"),
    Row("processes-starter", ISM, ISM_DOES),
    Row("process", "200", "405", lambda w: [w.process.pk]),
    Row("process-add", ISM, ISM_FORM),
    Row("process-edit", ISM, ISM_FORM, lambda w: [w.process.pk]),
    Row("process-retire", ISM, ISM_DOES, lambda w: [w.process.pk]),
    Row("process-back", ISM, ISM_CANNOT, lambda w: [w.process.pk]),
    Row("process-history", LOG, "405", lambda w: [w.process.pk]),
    Row("process-part-add", ISM, ISM_FORM, lambda w: [w.process.pk]),
    Row("process-part-edit", ISM, ISM_FORM, lambda w: [w.process_part.pk]),
    Row("process-part-remove", ISM, ISM_DOES, lambda w: [w.process_part.pk]),
    Row("policies", "200", "405"),
    Row("policies-export", "200", "405"),
    Row("policy", "200", "405", lambda w: [w.policy.pk]),
    Row("policy-add", ISM, ISM_FORM),
    Row("policy-edit", ISM, ISM_FORM, lambda w: [w.policy.pk]),
    Row("policy-retire", ISM, ISM_DOES, lambda w: [w.policy.pk]),
    Row("policy-back", ISM, ISM_CANNOT, lambda w: [w.policy.pk]),
    Row("policy-history", LOG, "405", lambda w: [w.policy.pk]),
    Row("policy-part-add", ISM, ISM_FORM, lambda w: [w.policy.pk]),
    Row("policy-part-edit", ISM, ISM_FORM, lambda w: [w.policy_part.pk]),
    Row("policy-part-remove", ISM, ISM_DOES, lambda w: [w.policy_part.pk]),
    Row("ask", "200", "405"),
    Row("ask-note", "405", "422"),
    Row("questions", "200", "405"),
    Row("questions-export", "200", "405"),
    Row("questions-starter", ISM, ISM_DOES),
    Row("question-add", ISM, ISM_FORM),
    Row("question-edit", ISM, ISM_FORM, lambda w: [w.question.pk]),
    Row("question-retire", ISM, ISM_DOES, lambda w: [w.question.pk]),
    Row("question-back", ISM, ISM_CANNOT, lambda w: [w.question.pk]),
    Row("question-move", "405", ISM_DOES, lambda w: [w.question.pk]),
    Row("question-history", LOG, "405", lambda w: [w.question.pk]),
    Row("unanswered", "200 200 403 403 403 403 200 403", "405"),
    Row("unanswered-close", "405", "403 302 404 404 404 404 403 404", lambda w: [w.unanswered.pk]),
]
# fmt: on


def furnish(world: SimpleNamespace) -> None:
    """One of each; the question rests on the level, so the level cannot be retired."""
    role, day = world.roles.held, clock.today()
    world.level = AuthorisationLevel.objects.create(kind="grant_access", what="Reading rights", role=role)
    world.process = Process.objects.create(name="Incident management")
    world.process_part = ProcessPart.objects.create(process=world.process, role=role, does="Leads it.")
    world.policy = Policy.objects.create(title="Incident policy", version="1", dated=day, owner=role)
    world.policy_part = PolicyPart.objects.create(policy=world.policy, role=role, does="Follows it.")
    world.question = Question.objects.create(text="I need to read something", level=world.level)
    world.unanswered = Unanswered.objects.create(
        words="Where is the key", words_key="where is the key", first_on=day, last_on=day
    )
