"""Who is told what about reviews, meetings, audits and campaigns, and when (K2)."""

from django.utils.translation import gettext_lazy as _

from ismsroles.notices.kinds import DIGEST, NOW, Kind, register

EVERYBODY = _("Everybody who has not acknowledged it")
READ = _("Read and acknowledge")
REVIEWER, MINE, TEAM = _("Its reviewer"), _("My reviews"), _("Members of the management review team, and deputies")

register(
    [
        Kind(
            "campaign.offer", _("A version that everybody reads comes into force"), _("The information security manager"), NOW,
            _("In force: %(version)s. Ask everybody to acknowledge it?"),
            _("“%(version)s” is in force. Nobody was asked to acknowledge it yet: say how long they have, and all are asked."),
            _("Ask everybody"),
        ),
        Kind(
            "campaign.asked", _("Everybody is asked to acknowledge a version"), _("Everybody, and who joins later"), DIGEST,
            _("Please read: %(version)s"),
            _("Everybody is asked to read “%(version)s” and to acknowledge it by %(day)s."),
            READ,
        ),
        Kind(
            "campaign.soon", _("A version is to be acknowledged within a week"), EVERYBODY, DIGEST,
            _("By %(day)s: read %(version)s"),
            _("You have not acknowledged “%(version)s” yet. Its day is %(day)s."),
            READ,
        ),
        Kind(
            "campaign.late", _("A version was to be acknowledged by now; then each week"), EVERYBODY, DIGEST,
            _("Still to read: %(version)s"),
            _("You were asked to acknowledge “%(version)s” by %(day)s."),
            READ,
        ),
    ]
)  # fmt: skip

register(
    [
        Kind(
            "review.opened", _("A review opens"), REVIEWER, DIGEST,
            _("Reviews wait for you"), _("You are asked to look at this again, and to say whether it is still right:"), MINE,
        ),
        Kind(
            "review.soon", _("A review is due within a week"), REVIEWER, DIGEST,
            _("Reviews are due within a week"), _("These reviews wait for you:"), MINE,
        ),
        Kind(
            "review.late", _("A review is overdue; once more a week later"), REVIEWER, NOW,
            _("Reviews of yours are overdue"), _("The day of these reviews is over. Do them, or hand them over:"), MINE,
        ),
        Kind(
            "review.escalated", _("A review is more than a week overdue"), _("Top management"), NOW,
            _("Reviews are overdue"), _("These reviews are more than a week overdue; their reviewers are named beside them:"),
            _("All that are overdue"),
        ),
        Kind(
            "review.view", _("A review opens"), _("Those whom it concerns"), DIGEST,
            _("Your view is asked for: %(what)s"),
            _("“%(what)s” is being reviewed, by %(day)s at the latest. If something about it is not right, say so before then."),
            _("Say what you think"),
        ),
        Kind(
            "review.follow_up", _("A review gives somebody something to do"), _("Who sees to it"), DIGEST,
            _("To do by %(day)s: %(what)s"),
            _("%(who)s reviewed “%(what)s”. See to this by %(day)s:"),
            _("See the review"),
        ),
    ]
)  # fmt: skip
register(
    [
        Kind(
            "meeting.invited", _("Somebody is invited to a management review (with an entry for the calendar)"), TEAM, NOW,
            _("Invitation: %(meeting)s on %(day)s"),
            _("%(meeting)s takes place on %(day)s, %(hours)s, %(place)s."),
            _("Agenda and papers"),
        ),
        Kind(
            "meeting.changed", _("A management review is moved"), TEAM, NOW,
            _("Changed: %(meeting)s, now on %(day)s"),
            _("%(meeting)s now takes place on %(day)s, %(hours)s, %(place)s."),
            _("Agenda and papers"),
        ),
        Kind(
            "meeting.cancelled", _("A management review is cancelled"), TEAM, NOW,
            _("Cancelled: %(meeting)s on %(day)s"),
            _("%(meeting)s on %(day)s does not take place.\n\nWhy: %(why)s"),
            _("See the meeting"),
        ),
        Kind(
            "action.given", _("A management review gives somebody something to do"), _("Who sees to it"), DIGEST,
            _("To do by %(day)s: %(meeting)s"),
            _("%(meeting)s gave you something to do by %(day)s:\n\n%(text)s\n\nWhen it is done, say so."),
            _("Say what came of it"),
        ),
        Kind(
            "minutes.waits", _("Minutes are sent to the chair"), _("The chair of that meeting"), NOW,
            _("%(version)s wait for your signature"),
            _("%(preparer)s asks you to sign “%(version)s”.\n\nRead them, then sign them with your password, or say why not."),
            _("Read and sign"),
        ),
        Kind(
            "paper.waits", _("A version of a policy or process is sent for sign-off"), _("The named members of the team"), NOW,
            _("%(version)s waits for your signature"),
            _("%(preparer)s asks you to sign off “%(version)s”.\n\nRead it, then sign it with your password, or say why not."),
            _("Read and sign"),
        ),
        Kind(
            "corrective.given", _("An audit of roles finds a nonconformity"), _("Who corrects it"), DIGEST,
            _("To correct by %(day)s: %(what)s"),
            _("An audit of roles found something that is to be corrected by %(day)s:\n\n%(what)s\n\nWhen it is done, say what was done."),
            _("See the action"),
        ),
        Kind(
            "work.late", _("Something that a review, a meeting or an audit gave somebody to do is overdue; then each week"),
            _("Who sees to it"), DIGEST,
            _("Overdue: %(what)s"),
            _("“%(what)s” was to be done by %(day)s. Do it, or say what stands in the way."),
            _("See what is to do"),
        ),
    ]
)  # fmt: skip
