"""Reviews and why they were opened, the management review team and its meetings, audits of roles."""

from reviews.models.audits import AuditQuestion, Corrective, RoleAudit, Sampled  # noqa: F401
from reviews.models.campaigns import Campaign, Reading, Sheet  # noqa: F401
from reviews.models.changes import Anomaly, DeclaredChange  # noqa: F401
from reviews.models.feeds import CalendarFeed  # noqa: F401
from reviews.models.meetings import (  # noqa: F401
    AgendaItem,
    Attendance,
    Decision,
    ManagersReport,
    Meeting,
    TeamAction,
)
from reviews.models.outcomes import FollowUp, Record, Remark  # noqa: F401
from reviews.models.papers import Paper  # noqa: F401
from reviews.models.parties import Given, Party  # noqa: F401
from reviews.models.reviews import (  # noqa: F401
    Covered,
    Earlier,
    Review,
    Setting,
    Stakeholder,
    Trigger,
)
from reviews.models.team import Charter  # noqa: F401
