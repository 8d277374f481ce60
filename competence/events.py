"""The events of this app as sentences. Those of performance name nobody: the log is read by more people than may know (rule 15)."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "skill.added": _("%(actor)s added the skill “%(subject)s”."),
        "skill.changed": _("%(actor)s changed the skill “%(subject)s”: %(what)s."),
        "skill.retired": _("%(actor)s retired the skill “%(subject)s”."),
        "requirement.suggested": _("“%(skill)s” is suggested for %(role)s, level %(level)s, with the starter role."),
        "requirement.added": _("%(actor)s requires “%(skill)s” of %(role)s: level %(level)s, %(strength)s."),
        "requirement.changed": _("%(actor)s changed what %(role)s needs of “%(skill)s”: %(what)s."),
        "requirement.removed": _("%(actor)s no longer requires “%(skill)s” of %(role)s."),
        "assessment.recorded": _("%(actor)s assessed a person in “%(skill)s”."),
        "assessment.corrected": _("%(actor)s corrected an assessment in “%(skill)s”."),
        "assessment.imported": _("%(actor)s imported %(count)s assessments from %(source)s."),
        "training.planned": _("%(actor)s planned training by %(due)s."),
        "training.changed": _("%(actor)s changed a planned training."),
        "training.done": _("%(actor)s recorded that a planned training was done."),
        "training.cancelled": _("%(actor)s cancelled a planned training."),
        "training.checked": _("%(actor)s checked whether a training helped."),
        "training.recorded": _("%(actor)s recorded a training: %(title)s."),
        "training.recorded-many": _("%(actor)s recorded “%(title)s” for %(count)s people."),
        "training.imported": _("%(actor)s imported %(count)s records of training from %(source)s."),
        "duties.acknowledged": _("%(actor)s acknowledged the duties of %(role)s."),
        "duties.recorded": _("%(actor)s recorded a signed list: %(count)s people have read the duties of %(role)s."),
        "induction.added": _("%(actor)s added “%(subject)s” to the induction of %(whom)s."),
        "induction.changed": _("%(actor)s changed “%(subject)s” of the induction: %(what)s."),
        "induction.retired": _("%(actor)s took “%(subject)s” out of the induction."),
        "induction.accepted": _("%(actor)s read and accepted “%(subject)s”."),
        "round.opened": _("%(actor)s opened the round of questions “%(subject)s” for %(whom)s, until %(due)s."),
        "round.closed": _("%(actor)s closed the round of questions “%(subject)s”."),
        "understanding.answered": _("%(actor)s answered questions of “%(subject)s”."),
        "course.added": _("%(actor)s added the recurring training “%(subject)s”."),
        "course.changed": _("%(actor)s changed the recurring training “%(subject)s”: %(what)s."),
        "course.retired": _("%(actor)s ended the recurring training “%(subject)s”."),
        "expectation.added": _("%(actor)s wrote what is expected of %(role)s."),
        "expectation.retired": _("%(actor)s took back what was expected of %(role)s."),
        "evidence.downloaded": _("%(actor)s downloaded a file of evidence."),
        "performance.noted": _("A performance gap was noted."),
        "performance.changed": _("A performance gap was followed up."),
        "performance.closed": _("A performance gap was closed."),
    }
)

events.of_their_own("duties.acknowledged", "induction.accepted", "understanding.")
