"""What the log says of meetings of the management review team, and of what it gave people to do."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import events

events.register(
    {
        "meeting.planned": _("%(actor)s planned %(subject)s for %(day)s, %(place)s."),
        "meeting.invited": _("%(actor)s invited %(count)s people to %(subject)s."),
        "meeting.moved": _("%(actor)s changed %(subject)s: %(what)s."),
        "meeting.cancelled": _("%(actor)s cancelled %(subject)s."),
        "meeting.held": _("%(actor)s recorded who came to %(subject)s: %(present)s of %(seats)s places were taken."),
        "meeting.attendance_changed": _(
            "%(actor)s corrected who came to %(subject)s: %(present)s of %(seats)s places were taken."
        ),
        "meeting.item_added": _("%(actor)s put “%(title)s” on the agenda of %(subject)s."),
        "meeting.noted": _("%(actor)s wrote down what was said under “%(title)s” at %(subject)s."),
        "meeting.reported": _("%(actor)s wrote the report for %(subject)s."),
        "meeting.decided": _("%(actor)s recorded a decision of %(subject)s: %(text)s"),
        "meeting.decision_taken_back": _("%(actor)s took back a decision of %(subject)s: %(text)s"),
        "meeting.minuted": _("%(actor)s froze the minutes of %(subject)s; fingerprint %(sha256)s."),
        "meeting.minutes_sent": _("%(actor)s sent the minutes of %(subject)s to %(chair)s."),
        "team_action.given": _("%(actor)s gave %(owner)s something to do until %(due)s: %(subject)s."),
        "team_action.changed": _("%(actor)s changed “%(subject)s”: %(what)s."),
        "team_action.done": _("%(actor)s finished “%(subject)s”."),
        "team_action.dropped": _("%(actor)s gave “%(subject)s” up."),
        "team_action.reopened": _("%(actor)s reopened “%(subject)s”."),
        "calendar.linked": _("%(actor)s made a link to their own calendar."),
        "calendar.link_revoked": _("%(actor)s took the link to the calendar of %(subject)s back."),
    }
)
events.of_their_own("calendar.")
