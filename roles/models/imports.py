"""A list of people that somebody uploaded and has not imported yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ismsroles.core.waiting import WaitingList


class ImportFile(WaitingList):
    """The table of an uploaded list, with its mapping and answers so far."""

    LISTS = [("changes", _("changes only")), ("full", _("everybody"))]

    mapping = models.JSONField(default=dict)
    decisions = models.JSONField(default=dict)
    kind = models.CharField(_("what the list holds"), max_length=10, choices=LISTS, default="changes")
