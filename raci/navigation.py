"""What navigation this app offers."""

from django.utils.translation import gettext_lazy as _

from ismsroles.core import navigation
from ismsroles.core.access import may

WHO = _("Who does what")

navigation.register(
    WHO, _("RASCI matrix"), "matrix", "table-2", order=30, shown=lambda user: may(user, "raci.matrix.see")
)
navigation.register(WHO, _("Assets"), "assets", "server", order=31, shown=lambda user: may(user, "raci.asset.see"))
navigation.register(
    WHO, _("Risks"), "risks", "shield-alert", order=31, shown=lambda user: may(user, "raci.coverage.see")
)
navigation.register(
    WHO, _("Coverage"), "coverage", "shield-check", order=31, shown=lambda user: may(user, "raci.coverage.see")
)
