"""What the database refuses of letters: frozen when issued, rendered once, answered once (A4; design rules 2 and 9)."""

from ismsroles.core import guards
from roles.models import Letter, LetterText
from roles.states import LETTER

TABLE = Letter._meta.db_table
ANSWER = ["way", "seen_sha256", "answered_at", "answered_by", "answered_by_person", "reason", "signed_on", "reference",
          "file", "file_sha256"]  # fmt: skip

for model in (Letter, LetterText):
    guards.append_only(model.history.model)
guards.undeletable(Letter)
guards.legal_moves(Letter, {(a, b) for (a, _verb), b in LETTER.moves.items()})
guards.frozen_columns(Letter, ["assignment", "person", "snapshot", "issued_at"])
guards.add(
    guards.Guard(f"{TABLE}_begins", TABLE, "INSERT", "NEW.state <> 'appointed'", "a letter begins without an answer")
)
guards.add(
    guards.Guard(
        f"{TABLE}_pdf_once",
        TABLE,
        "UPDATE",
        "OLD.pdf_id IS NOT NULL AND OLD.pdf_id IS DISTINCT FROM NEW.pdf_id",
        "a letter is rendered once",
    )
)
_CHANGED = " OR ".join(
    f'OLD."{column}" IS DISTINCT FROM NEW."{column}"'
    for column in (Letter._meta.get_field(name).column for name in ANSWER)
)
guards.add(
    guards.Guard(
        f"{TABLE}_answer_frozen",
        TABLE,
        "UPDATE",
        f"(OLD.state <> 'appointed' OR NEW.state = 'appointed') AND ({_CHANGED})",
        "an answer is given once",
    )
)
