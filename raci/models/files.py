"""A list that somebody uploaded and has not imported yet: of assets, or a matrix."""

from django.db import models

from ismsroles.core.waiting import WaitingList


class WaitingFile(WaitingList):
    """The cells of an uploaded list, with how they are read and what was answered so far."""

    SUBJECTS = [("assets", "assets"), ("matrix", "matrix")]

    subject = models.CharField(max_length=10, choices=SUBJECTS)
    reading = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
