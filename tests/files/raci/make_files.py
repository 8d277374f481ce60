"""Writes the ugly matrices of this folder anew: `python tests/files/raci/make_files.py`.

Each is what people have: title lines, legends, other languages, blank columns, merged groups, cells with remarks."""

from pathlib import Path

from openpyxl import Workbook

HERE = Path(__file__).parent

TITLED = """Responsibility matrix ISMS,,,,,,,
Version 3 of 2 May,,,,,,,
,,,,,,,
Nr,Topic,Activity,,Incident manager ,Continuity manager,Chief executive,Remarks
1,Backup,Test the restore,,R,a,i,see ticket 4711
2,,Check the backup log,,"R, A",,,
3,Incidents,Triage reports,,R+A,C,Informed,
4,,Tell the regulator,,RA,s,A/R,two answer
,,,,,,,
Legend,R = Responsible,,,,,,
,A = Accountable,,,,,,
,S = Supporting,,,,,,
,C = Consulted,,,,,,
,I = Informed,,,,,,
"""
GERMAN = """\ufeffAufgabe;Störfallmanager;Geschäftsführung
Zugänge;;
Zugänge prüfen;V;I
Zugänge entziehen;V / M;E
Überwachung;;
Protokolle auswerten;m;v
;;
V = Verantwortlich;;
M = Mitwirkung;;
E = Entscheidung;;
"""
FRENCH = """Activité\tDirecteur\tResponsable sécurité
Sauvegardes testées\tApprouve\tRéalise
Incidents traités\tInformé\tResponsable et soutien
"""
TURNED = """Role / task;Test the restore;Triage reports
Incident manager;R/A;R
Continuity manager;;A
Nobody knows;C;
"""
HOSTILE = """Activity,Incident manager,Continuity manager,Incident manager
Backup,R,A,C
Backup,A,R,
=cmd|'/c calc'!A1,R,,
Restore,"<script>alert(1)</script>",A,
,R,A,
Long,this cell says far more than any letter could say about who does it,A,
Ok,Q,A,
"""


def workbook() -> None:
    """A sheet with groups over several columns, the matrix far from the corner, and formulas."""
    book = Workbook()
    sheet = book.active
    sheet.title = "RASCI"
    sheet["C3"] = "Who does what"
    sheet.append([])
    sheet.append([None, None, "Prozess", "Tätigkeit", "Incident manager", None, "Chief executive"])
    sheet.append([None, None, "Backup", "Test the restore", "R", None, "A"])
    sheet.append([None, None, None, "Check the backup log", "R/A", None, "=A1"])
    book.create_sheet("Old").append(["nothing"])
    book.save(HERE / "groups.xlsx")


def main() -> None:
    for name, text in {"titled.csv": TITLED, "turned.csv": TURNED, "hostile.csv": HOSTILE}.items():
        (HERE / name).write_text(text, encoding="utf-8")
    (HERE / "german.csv").write_bytes(GERMAN.encode("utf-8"))
    (HERE / "french.txt").write_bytes(FRENCH.encode("cp1252"))
    workbook()


if __name__ == "__main__":
    main()
