"""`manage.py import_training FILE`: a register of trainings."""

from competence.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Takes a register of trainings (CSV or XLSX) in, all at once or not at all."
    kind = "training"
