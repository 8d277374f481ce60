"""A competence matrix or a register of trainings that somebody uploaded and has not imported yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ismsroles.core.waiting import WaitingList


class WaitingTable(WaitingList):
    """The table of an uploaded file."""

    KINDS = [("competence", _("competence")), ("training", _("training"))]

    kind = models.CharField(max_length=12, choices=KINDS)
