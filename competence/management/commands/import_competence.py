"""`manage.py import_competence FILE`: a competence matrix, or one assessment a row."""

from competence.management.importing import ImportCommand


class Command(ImportCommand):
    help = (
        "Takes a competence matrix or a list of assessments (CSV or XLSX) into the register, all at once or not at all."
    )
    kind = "competence"
