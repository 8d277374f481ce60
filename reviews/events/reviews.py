"""Event codes of reviews and their sentences."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.of_their_own("review.commented")
events.register(
    {
        "review.opened": _("A review of %(subject)s opened (%(what)s), due on %(due)s."),
        "review.started": _("%(actor)s began the review of %(subject)s."),
        "review.commented": _("%(actor)s commented on the review of %(subject)s."),
        "review.handed_over": _("%(actor)s handed the review of %(subject)s from %(was)s to %(now)s."),
        "review.handed_on": _("The review of %(subject)s goes to %(now)s, because nobody else may do it now."),
        "review.finished": _("%(actor)s finished the review of %(subject)s: %(outcome)s; follow-ups: %(many)s."),
        "review.superseded": _("The review of %(subject)s is covered by another one: %(by)s."),
        "review.follow_up_closed": _("%(actor)s saw to a follow-up of the review of %(subject)s: %(what)s"),
        "review.setting_changed": _("%(actor)s changed how %(kind)s are reviewed: %(what)s."),
        "review.spread": _("%(actor)s moved %(many)s coming reviews to earlier days."),
        "change.declared": _("%(actor)s declared: %(kind)s, from %(day)s: %(what)s (touches: %(touches)s)"),
        "anomaly.reported": _("%(actor)s reported an anomaly of %(day)s: %(subject)s"),
        # Not recorded in the log: why a sweep opened a review. They name nobody (rule 15).
        "competence.lapsed": _("What the role must have is no longer shown since %(day)s."),
        "training.overdue": _("A training that was planned by %(day)s is not done."),
        "separation.exception_over": _("An exception from separation was over with %(day)s."),
    }
)
