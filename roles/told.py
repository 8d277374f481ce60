"""Who is told what about the register, and when (K2). What needs somebody today goes out at once, the rest in the digest."""

from django.utils.translation import gettext_lazy as _

from ismsroles.notices.kinds import DIGEST, NOW, Kind, register

APPROVERS, HOLDER, PROPOSER = _("Those who may decide"), _("The holder"), _("Who proposed it")
ISM = _("The information security manager")

register(
    [
        Kind(
            "assignment.waits", _("An assignment is proposed"), APPROVERS, NOW,
            _("Assignments wait for your decision"),
            _("Assignments to information security roles wait for your decision. Read what would change, then approve or reject."),
            _("Decide"),
        ),
        Kind(
            "assignment.given", _("Somebody gets a role"), HOLDER, NOW,
            _("You are now %(seat)s of %(role)s"),
            _(
                "From %(day)s you are %(seat)s of the role “%(role)s”.\n\nYour appointment letter waits for your answer. "
                "Read it, and accept or decline."
            ),
            _("Read the letter"),
        ),
        Kind(
            "assignment.ends", _("Somebody loses a role"), HOLDER, DIGEST,
            _("Your role %(role)s ends"),
            _("%(day)s is your last day as %(seat)s of the role “%(role)s”.\n\nWhy: %(why)s"),
            _("My responsibilities"),
        ),
        Kind(
            "assignment.rejected", _("A proposal is rejected"), PROPOSER, DIGEST,
            _("Not approved: %(person)s as %(seat)s of %(role)s"),
            _("%(person)s was not approved as %(seat)s of the role “%(role)s”.\n\n%(decider)s wrote: %(why)s"),
            _("See the proposal"),
        ),
        Kind(
            "role.changed", _("What a role must or may do changes"), _("Its holders and deputies"), DIGEST,
            _("Your role %(role)s was changed"),
            _("What the role “%(role)s” must or may do was changed on %(day)s:"),
            _("See the role"),
        ),
        Kind(
            "exception.waits", _("An exception from segregation of duties is proposed"), APPROVERS, NOW,
            _("Exceptions wait for your decision"),
            _("Exceptions from segregation of duties wait for your decision. Read what each would allow, then approve or reject."),
            _("Decide"),
        ),
        Kind(
            "exception.decided", _("An exception is decided"), PROPOSER, DIGEST,
            _("Exception for %(person)s: %(state)s"),
            _("The exception for %(person)s from “%(rule)s” is %(state)s.\n\n%(why)s"),
            _("See the exception"),
        ),
        Kind(
            "approver.alone", _("The only approver may decide on their own proposals"), _("That approver"), NOW,
            _("You may decide on your own proposals for a time"),
            _(
                "%(who)s recorded that, as the only approver, you may decide on your own proposals until %(day)s "
                "(%(reference)s). What is about you stays closed to you.\n\nInstead: %(control)s"
            ),
            _("See the record"),
        ),
        Kind(
            "approver.succeeded", _("The board names an approver because none was left"),
            _("The information security managers and all former approvers"), NOW,
            _("The board’s appointment of %(person)s was recorded"),
            _(
                "Nobody was left to approve. %(who)s recorded that the board appointed %(person)s as %(role)s on %(day)s "
                "(%(reference)s).\n\nIf you know of no such decision, say so at once."
            ),
            _("See the appointment"),
        ),
        Kind(
            "letter.declined", _("An appointment letter is declined"), _("The information security manager, proposer and approver"), NOW,
            _("Declined: %(person)s as %(seat)s of %(role)s"),
            _(
                "%(person)s declined to be %(seat)s of the role “%(role)s”.\n\nWhy: %(why)s\n\n"
                "The appointment does not count any more. Propose somebody else, or talk about it first."
            ),
            _("See the assignment"),
        ),
        Kind(
            "absence.stand_in", _("A holder is away"), _("The deputies who act meanwhile"), NOW,
            _("You stand in for %(person)s"),
            _(
                "%(person)s is away from %(first)s, %(until)s. You stand in for: %(roles)s.\n\n"
                "You decide nothing that concerns %(person)s or yourself."
            ),
            _("My responsibilities"),
        ),
        Kind(
            "delegation.offered", _("Responsibilities are delegated"), _("The delegate"), NOW,
            _("%(holder)s asks you to take something over"),
            _(
                "%(holder)s asks you to carry out some responsibilities of the role “%(role)s” until %(day)s.\n\n"
                "Read which, and accept or decline."
            ),
            _("Read and answer"),
        ),
        Kind(
            "delegation.answered", _("A delegation is answered"), HOLDER, DIGEST,
            _("%(delegate)s has answered: %(state)s"),
            _("%(delegate)s has answered your delegation for the role “%(role)s”: %(state)s.\n\n%(why)s"),
            _("See the delegation"),
        ),
        Kind(
            "delegation.withdrawn", _("A delegation is withdrawn before it was accepted"), _("The delegate"), DIGEST,
            _("Nothing to take over: %(role)s"),
            _("What %(holder)s wanted to delegate to you for the role “%(role)s” was withdrawn.\n\nWhy: %(end)s"),
            _("See the delegation"),
        ),
        Kind(
            "delegation.ends", _("A delegation ends"), _("The delegate"), DIGEST,
            _("A delegation ends: %(role)s"),
            _("What %(holder)s delegated to you for the role “%(role)s” ends on %(day)s.\n\nWhy: %(end)s"),
            _("See the delegation"),
        ),
        Kind(
            "leaving.own", _("A last day is recorded"), _("The person"), NOW,
            _("Your last day is recorded"),
            _(
                "%(day)s is recorded as your last day. What you hold here ends with it, as listed below.\n\n"
                "If the day is wrong, tell your line manager or the information security manager."
            ),
        ),
        Kind(
            "leaving.told", _("Somebody leaves"), _("Line manager, information security manager, deputies who step in"), NOW,
            _("Somebody leaves"),
            _("Who leaves, what ends with it, and where you stand in:"),
            _("See what becomes free"),
        ),
        Kind(
            "leaving.stays", _("A last day is taken back"), _("All who were told of it"), NOW,
            _("%(person)s stays"),
            _("%(person)s stays: the last day was taken back."),
            _("See the person"),
        ),
        Kind(
            "chart.asked", _("A restructure is recorded"), _("Who keeps the organisation chart"), DIGEST,
            _("Is the organisation chart still right?"),
            _(
                "On %(day)s the organisation changed: %(what)s\n\nYou keep the organisation chart current. Look at it and "
                "confirm that it is right, or have it put right first."
            ),
            _("Look at the chart"),
        ),
    ]
)  # fmt: skip
