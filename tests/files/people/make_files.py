"""Writes the files that the import of people is tried with, as payroll systems and spreadsheets really hand them over.

Run it after changing something here: `python tests/files/people/make_files.py`. README.md says what is wrong with which row.
"""

import csv
import io
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook

HERE = Path(__file__).parent
Row = tuple[str, ...]

TWENTY_HEADINGS: Row = (
    "External id", "Name", "E-mail", "Area", "Job title", "Manager (e-mail)", "Kind", "First day", "Last day",
)  # fmt: skip


def rows_of(table: str) -> list[Row]:
    """One row a line, its cells between bars; blanks around a cell are kept, because real files have them."""
    return [tuple(line.split("|")) for line in table.strip("\n").split("\n")]


TWENTY = rows_of("""
1001|Helen Achterberg|helen.achterberg|Leadership|CEO||employee|2016-04-01|
1002|Tariq Mensah|tariq.mensah|Leadership|Information security manager|helen.achterberg|employee|2019-09-02|
1003|Ottilie Brandvold|ottilie.brandvold|Leadership|Chief of staff|helen.achterberg|employee|2018-01-15|
1004|Renzo Caldarelli|renzo.caldarelli|Engineering|Head of engineering|helen.achterberg|employee|2017-06-12|
1005|Shauna O'Neil|shauna.oneil|Engineering|Software engineer|renzo.caldarelli|employee|2020-02-29|
1006|Emre Şahin|emre.sahin|Engineering|Software engineer|renzo.caldarelli|employee|2021-03-01|
1007|李晓雯|xiaowen.li|Engineering|Software engineer|renzo.caldarelli|employee|2022-10-17|
1008|Désirée Quesnel-Vaillancourt|desiree.quesnel|Engineering|Test engineer|renzo.caldarelli|employee|2023-05-08|
1009|Milan Đorđević|milan.dordevic|Engineering|Designer|renzo.caldarelli|employee|2024-01-08|
1010|Gudbrand Haugerud|gudbrand.haugerud|Operations|Head of operations|helen.achterberg|employee|2017-11-20|
1011|Aisling Ní Chonaill|aisling.nichonaill|Operations|Systems engineer|gudbrand.haugerud|employee|2019-05-06|
1012|Farhad Mirzaei|farhad.mirzaei|Operations|Support engineer|gudbrand.haugerud|employee|2021-08-23|
1013|Ludmiła Grzybowska|ludmila.grzybowska|Operations|Support engineer|gudbrand.haugerud|employee|2023-02-13|
1014|Tevita Fonoti|tevita.fonoti|Operations|Site coordinator|gudbrand.haugerud|employee|2024-09-02|
1015|Bronagh Killeavy|bronagh.killeavy|Finance and people|Head of finance and people|helen.achterberg|employee|2018-03-19|
1016|Ansgar Rehbein|ansgar.rehbein|Finance and people|Accountant|bronagh.killeavy|employee|2020-07-01|
1017|Chiamaka Eze-Lindholm|chiamaka.eze|Finance and people|People partner|bronagh.killeavy|employee|2022-01-10|
1018|Wiebke van den Hoogenband|wiebke.vandenhoogenband|Sales|Head of sales|helen.achterberg|employee|2019-01-07|
1019|Joaquín Arrieta|joaquin.arrieta|Sales|Account manager|wiebke.vandenhoogenband|employee|2023-11-06|
1020|Ekaterini Vlachou|e.vlachou@sorrel-audit.example|Leadership|Internal audit adviser|tariq.mensah|consultant|2024-04-15|2031-12-31
""")
GERMAN = rows_of("""
Personalnummer|Nachname, Vorname|E-Mail|Abteilung|Vorgesetzter|Eintritt|Austritt
00101|Großkreuz, Änne|aenne.grosskreuz@nordhang.example|Geschäftsführung||01.02.2012|
00117|Müller-Lüdenscheidt, Jürgen  |Juergen.Mueller@Nordhang.example|IT|Großkreuz, Änne|15.09.2015|
00118|Öztürk, Gülşah|guelsah.oeztuerk@nordhang.example |IT|Müller-Lüdenscheidt, Jürgen|1.3.2018|
00125|von der Heide, Günther|guenther.vonderheide@nordhang.example|Vertrieb|Großkreuz, Änne|01.10.2016|
00131|Weiß, Zoë|zoe.weiss@nordhang.example|Vertrieb  |von der Heide, Günther|29.02.2020|
00140|Käßbohrer, Rüdiger|ruediger.kaessbohrer@nordhang.example|Einkauf|Großkreuz, Änne|02.01.2014|31.03.2026
00152|D'Angelo, Bärbel|baerbel.dangelo@nordhang.example|Einkauf|Großkreuz, Änne|01.07.2021|
00160| Høst, Bjørn|bjoern.hoest@nordhang.example|IT|Müller-Lüdenscheidt, Jürgen|01.11.2023|31.12.2031
""")
FRENCH = rows_of("""
Matricule|Nom|Prénom|Courriel|Service|Responsable|Date d’entrée|Date de sortie
A12|Lefèvre-Nuñez|Maïté|maite.lefevre@coteau.example|Direction||01/09/2014|
A15|L’Hostis|Gaëlle|gaelle.lhostis@coteau.example|Études|maite.lefevre@coteau.example|15/01/2017|
A21|Cœurdevey|Noël|noel.coeurdevey@coteau.example|Études|gaelle.lhostis@coteau.example|03/02/2020|
A22|Škvorecká|Žaneta|zaneta.skvorecka@coteau.example|Études|gaelle.lhostis@coteau.example|13/12/2021|
A30|Garçon|François|francois.garcon@coteau.example|Comptabilité|maite.lefevre@coteau.example|01/04/2019|30/06/2025
""")
UTF16 = rows_of("""
Employee ID|Full name|Work e-mail|Department|Reports to|Hired|Last day
K-7|Ευγενία Σταματοπούλου|e.stamatopoulou@lindgate.example|Management||03-Feb-2015|
K-9|鈴木一朗太|ichirota.suzuki@lindgate.example|Engineering|K-7|17-Oct-2019|
K-11|Ґалаґан Олеся|olesia.galagan@lindgate.example|Engineering|K-9|01-Mar-2022|
K-12|سمير الحداد|samir.haddad@lindgate.example|Finance|K-7|29-Feb-2024|
K-14|Siân Pugh, PhD|sian.pugh@lindgate.example|Finance|K-12|05-Jan-2021|30-Sep-2025
""")

BOSS = "maren.holgersen@brakel.example"
GOOD = ("Sales", "Seller", BOSS, "employee", "2021-03-01", "")
# number, name, e-mail (its own one where nothing stands), and what differs from GOOD by position
ODD: list[tuple[str, str, str, dict[int, str]]] = [
    ("1", "Maren Holgersen", BOSS, {1: "Director", 2: ""}),
    ("2", "Pieter Groenendijk", "", {5: "31/02/2027"}),
    ("3", "Ottavia Serra", "", {}),
    ("3", "Bogdan Vasile", "bogdan.vasile@brakel.example", {}),
    ("5", "Inge Terpstra", "shared@brakel.example", {}),
    ("6", "Nils Terpstra", " Shared@Brakel.example ", {}),
    ("7", "", "", {}),
    ("8", "   ", "", {}),
    ("9", "Rosa Lindqvist", "", {2: "h.brandt@brakel.example"}),
    ("10", "Ulf Narziss", "ulf.narziss@brakel.example", {2: "ulf.narziss@brakel.example"}),
    ("11", "=cmd|' /C calc'!A0", "", {}),
    ("12", "Hedda Moen", "", {1: '=HYPERLINK("http://evil.example","click")'}),
    ("13", "+31 6 00000000", "", {0: "@SUM(1+1)", 1: "-2+3"}),
    ("14", "<script>alert(1)</script>", "", {1: "<img src=x onerror=alert(1)>"}),
    ("15", "Gemma \N{FOX FACE} Vos", "", {1: "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{MICROSCOPE} Analyst"}),
    ("16", "\N{RIGHT-TO-LEFT OVERRIDE}gnp.live\N{POP DIRECTIONAL FORMATTING} Karlsen", "", {}),
    ("17", "Nul\0 Bytesen", "", {}),
    ("18", "X" * 5000, "", {}),
    ("19", "No Mailbox", "not an address", {}),
    ("20", "Backward Dates", "", {4: "2024-06-01", 5: "2023-06-01"}),
    ("21", "Thirteenth Month", "", {4: "2024-13-01"}),
    ("22", "Word For Date", "", {4: "last spring"}),
    ("23", "Odd Kind", "", {3: "volunteer"}),
    ("24", "Round One", "round.one@brakel.example", {2: "round.two@brakel.example"}),
    ("25", "Round Two", "round.two@brakel.example", {2: "round.one@brakel.example"}),
]
RAGGED: list[Row] = [
    ("26", "Too Few Cells", "few@brakel.example"),
    ("27", "Too Many Cells", "many@brakel.example", *GOOD, "one", "two"),
    ("",) * 9,
    ("29", "Line\nBreak", "line.break@brakel.example", *GOOD),
    ("30", "Wendeline Postma", "wendeline.postma@brakel.example", *GOOD),
]
OPEN_QUOTE = b'31,"Quote that never ends,open.quote@brakel.example\r\n'


def broken() -> list[Row]:
    """Rows of which nearly each has something wrong; the first and the last whole one are sound."""
    odd = [
        (number, name, mail or f"row{number}@brakel.example", *(change.get(at, good) for at, good in enumerate(GOOD)))
        for number, name, mail, change in ODD
    ]
    return [TWENTY_HEADINGS, *odd, *RAGGED]


def address(local: str) -> str:
    """The full address; a bare local part is one at the company's own domain."""
    return local if "@" in local or not local else f"{local}@quillon.example"


def twenty() -> list[Row]:
    """The clean organisation of 20 people, with full addresses."""
    return [(*row[:2], address(row[2]), *row[3:5], address(row[5]), *row[6:]) for row in TWENTY]


def text(rows: list[Row], delimiter: str = ",", end: str = "\r\n") -> str:
    """The rows as delimited text, quoted only where it must be."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator=end).writerows(rows)
    return buffer.getvalue()


def as_cell(column: int, value: str) -> object:
    """A value as a spreadsheet holds it: numbers as numbers, days as days, nothing as nothing."""
    if not value:
        return None
    if column == 0:
        return int(value)
    return date.fromisoformat(value) if column in (7, 8) else value


def write_workbook(path: Path) -> None:
    """The 20 people below a title, with an empty row and empty columns, as somebody would keep them by hand."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Staff"
    sheet.append(["Quillon: staff list, for internal use"])
    sheet.append([])
    for row in [TWENTY_HEADINGS, *([as_cell(*pair) for pair in enumerate(row)] for row in twenty())]:
        sheet.append([None, *row[:4], None, *row[4:], None])
    book.create_sheet("Notes").append(["Checked by Chiamaka in January"])
    book.properties.created = book.properties.modified = datetime(2026, 1, 5, 9, 0)
    book.save(path)


def write_files() -> None:
    """All files beside this one."""
    (HERE / "people_20.csv").write_bytes(text([TWENTY_HEADINGS, *twenty()], end="\n").encode())
    (HERE / "people_utf8_bom_semicolon.csv").write_bytes(text(GERMAN, ";").encode("utf-8-sig"))
    (HERE / "people_cp1252.csv").write_bytes(text(FRENCH, ";").encode("cp1252"))
    (HERE / "people_utf16_tab.txt").write_bytes(text(UTF16, "\t").encode("utf-16"))
    (HERE / "people_broken.csv").write_bytes(text(broken()).encode() + OPEN_QUOTE)
    write_workbook(HERE / "people_20.xlsx")


if __name__ == "__main__":
    write_files()
