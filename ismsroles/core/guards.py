"""What the database itself refuses, on SQLite and PostgreSQL alike (design rule 9).

Apps register guards; one list reinstalls them after every migration, because SQLite drops triggers when Django remakes a table."""

from dataclasses import dataclass

from django.db import connection, models

_guards: dict[str, "Guard"] = {}
_exclusions: dict[str, "Exclusion"] = {}
_lines: dict[str, "Line"] = {}


@dataclass(frozen=True)
class Guard:
    """Before `event` on `table`, rows for which `when` holds are refused with `message`."""

    name: str
    table: str
    event: str  # "UPDATE", "DELETE", "INSERT" or "TRUNCATE"
    when: str  # SQL over OLD and NEW; IS DISTINCT FROM is rewritten for SQLite; empty: always
    message: str
    only: str = ""  # the database that needs it; empty: each

    @property
    def looks_elsewhere(self) -> bool:
        """Whether it asks rows other than the one that is written."""
        return "SELECT" in self.when


@dataclass(frozen=True)
class Exclusion:
    """No two rows of `table` may overlap: an exclusion constraint on PostgreSQL, a pair of triggers on SQLite."""

    name: str
    table: str
    postgresql: str  # the EXCLUDE clause
    sqlite: str  # a condition over NEW that is true when another row is in the way
    message: str


@dataclass(frozen=True)
class Line:
    """Following `column` upwards in `table` never comes back to where it began: nobody is their own superior."""

    name: str
    table: str
    column: str
    message: str


def add(guard: "Guard | Exclusion | Line") -> None:
    """Register a guard; it is installed after the next migration."""
    kept: dict = {Exclusion: _exclusions, Line: _lines}.get(type(guard), _guards)
    kept[guard.name] = guard


def append_only(model: type[models.Model]) -> None:
    """Rows of this model are written once: never changed, never deleted."""
    table, message = model._meta.db_table, f"rows of {model._meta.db_table} are never changed or deleted"
    add(Guard(f"{table}_no_update", table, "UPDATE", "", message))
    _keep_rows(model, message)


def frozen_columns(model: type[models.Model], names: list[str], *, unless: str = "") -> None:
    """These columns keep the value they were written with (`unless`: SQL under which they may still change)."""
    table = model._meta.db_table
    columns = [model._meta.get_field(name).column for name in names]
    changed = " OR ".join(f'OLD."{c}" IS DISTINCT FROM NEW."{c}"' for c in columns)
    when = f"({changed})" + (f" AND NOT ({unless})" if unless else "")
    add(Guard(f"{table}_frozen", table, "UPDATE", when, f"what was written in {table} cannot be changed"))


def legal_moves(model: type[models.Model], moves: set[tuple[str, str]]) -> None:
    """The state column moves only along these (from, to) pairs, whoever writes it (security case 17)."""
    table = model._meta.db_table
    listed = " OR ".join(f"(OLD.state = '{a}' AND NEW.state = '{b}')" for a, b in sorted(moves)) or "1 = 0"
    add(
        Guard(
            f"{table}_moves",
            table,
            "UPDATE",
            f"OLD.state <> NEW.state AND NOT ({listed})",
            f"{table} cannot move like this",
        )
    )


def undeletable(model: type[models.Model]) -> None:
    """Rows of this model are never deleted: they are named in evidence (security case 14)."""
    _keep_rows(model, f"rows of {model._meta.db_table} are never deleted")


def _keep_rows(model: type[models.Model], message: str) -> None:
    """Not one by one, not all at a stroke (PostgreSQL's TRUNCATE), not by another in its place (SQLite's REPLACE):
    the last two ask no trigger that looks at deleted rows."""
    table = model._meta.db_table
    unique = [field.column for field in model._meta.concrete_fields if field.unique]
    same = " OR ".join(f'other."{column}" = NEW."{column}"' for column in unique)
    taken = f'EXISTS (SELECT 1 FROM "{table}" AS other WHERE {same})'  # noqa: S608  (our own names)
    add(Guard(f"{table}_no_delete", table, "DELETE", "", message))
    add(Guard(f"{table}_no_truncate", table, "TRUNCATE", "", message, only="postgresql"))
    add(Guard(f"{table}_no_replace", table, "INSERT", taken, message, only="sqlite"))


def written_once() -> set[str]:
    """Tables whose rows are never changed or deleted."""
    return {guard.table for guard in _guards.values() if guard.name == f"{guard.table}_no_update"}


def kept() -> set[str]:
    """Tables whose rows are never deleted."""
    return {guard.table for guard in _guards.values() if guard.name == f"{guard.table}_no_delete"}


def reinstall(**_signal: object) -> None:
    """Put every guard in place (after each migration and each flush)."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        install = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
            cursor.execute(_LINE_FUNCTION)
        for guard in [*_needed(), *_exclusions.values()]:
            if guard.table in present:
                install(cursor, guard)
        for line in _lines.values():
            if line.table in present:
                _install_line(cursor, line)


def make_way(**_signal: object) -> None:
    """Before a migration: SQLite remakes no table while a trigger of another one names it. `reinstall` follows."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for guard in _needed():
            if guard.looks_elsewhere:
                cursor.execute(f'DROP TRIGGER IF EXISTS "{guard.name}"')


def lift() -> None:
    """Take every trigger away. For a restore into an empty installation, in its transaction, and for tests that empty tables
    through one fixture; nothing else."""
    with connection.cursor() as cursor:
        for name, table in _trigger_names():
            cursor.execute(
                f'DROP TRIGGER IF EXISTS "{name}"' + ("" if connection.vendor == "sqlite" else f' ON "{table}"')
            )


def installed() -> set[str]:
    """Names of the triggers and exclusion constraints that the database has."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal UNION SELECT conname FROM pg_constraint"
            )
        return {name for (name,) in cursor.fetchall()}


def expected() -> set[str]:
    """Names that `installed` must hold: what was registered, as this database knows it."""
    return {name for name, _table in _trigger_names()} | (
        {*_exclusions} if connection.vendor == "postgresql" else set()
    )


_FUNCTION = """
CREATE OR REPLACE FUNCTION isms_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$"""


# One after the other: two transactions that each write half of a circle would not see each other.
_LINE_FUNCTION = """
CREATE OR REPLACE FUNCTION isms_refuse_circle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE met boolean;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext(TG_TABLE_NAME || '.' || TG_ARGV[0]));
  EXECUTE format('WITH RECURSIVE above(id) AS (SELECT %2$I FROM %1$I WHERE id = $1 UNION '
    'SELECT one.%2$I FROM %1$I AS one JOIN above ON one.id = above.id WHERE one.%2$I IS NOT NULL) '
    'SELECT EXISTS (SELECT 1 FROM above WHERE above.id = $1)', TG_TABLE_NAME, TG_ARGV[0]) INTO met USING NEW.id;
  IF met THEN RAISE EXCEPTION '%', TG_ARGV[1] USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END $$"""


def _install_line(cursor, line: "Line") -> None:
    """Looked at after the row is written, so that several rows of one statement are judged together (PostgreSQL)."""
    c, t = line.column, line.table
    for event, of in (("INSERT", ""), ("UPDATE", f' OF "{c}"')):
        name = f"{line.name}_{event.lower()}"
        if connection.vendor == "sqlite":
            above = (
                f'WITH RECURSIVE above(id) AS (SELECT NEW."{c}" UNION SELECT one."{c}" FROM "{t}" AS one '  # noqa: S608  (our own names)
                f'JOIN above ON one.id = above.id WHERE one."{c}" IS NOT NULL) SELECT 1 FROM above WHERE above.id = NEW.id'
            )
            body = f"WHEN NEW.\"{c}\" IS NOT NULL AND EXISTS ({above}) BEGIN SELECT RAISE(ABORT, '{line.message}'); END"
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        else:
            body = f"WHEN (NEW.\"{c}\" IS NOT NULL) EXECUTE FUNCTION isms_refuse_circle('{c}', '{line.message}')"
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{t}"')
        cursor.execute(f'CREATE TRIGGER "{name}" AFTER {event}{of} ON "{t}" FOR EACH ROW {body}')


def _needed() -> list["Guard"]:
    """The guards that this database needs."""
    return [guard for guard in _guards.values() if guard.only in ("", connection.vendor)]


def _trigger_names() -> list[tuple[str, str]]:
    names = [(guard.name, guard.table) for guard in _needed()]
    if connection.vendor == "sqlite":
        names += [(f"{e.name}_{event}", e.table) for e in _exclusions.values() for event in ("insert", "update")]
    return names + [(f"{e.name}_{event}", e.table) for e in _lines.values() for event in ("insert", "update")]


def _asking_function(cursor, guard: "Guard") -> None:
    """PostgreSQL's WHEN cannot look at other rows: a function of its own asks."""
    cursor.execute(
        f'CREATE OR REPLACE FUNCTION "refuse_{guard.name}"() RETURNS trigger LANGUAGE plpgsql AS $$ '
        f"BEGIN IF {guard.when} THEN RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'integrity_constraint_violation'; "
        f"END IF; RETURN {'OLD' if guard.event == 'DELETE' else 'NEW'}; END $$"
    )
    cursor.execute(
        f'CREATE TRIGGER "{guard.name}" BEFORE {guard.event} ON "{guard.table}" FOR EACH ROW '
        f'EXECUTE FUNCTION "refuse_{guard.name}"()'
    )


def _on_sqlite(cursor, guard: "Guard | Exclusion") -> None:
    parts = (
        [(guard.name, guard.event, guard.when)]
        if isinstance(guard, Guard)
        else [(f"{guard.name}_{event.lower()}", event, guard.sqlite) for event in ("INSERT", "UPDATE")]
    )
    for name, event, when in parts:
        condition = f"WHEN {when.replace('IS DISTINCT FROM', 'IS NOT')}" if when else ""
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        cursor.execute(
            f'CREATE TRIGGER "{name}" BEFORE {event} ON "{guard.table}" FOR EACH ROW {condition} '
            f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
        )


def _on_postgresql(cursor, guard: "Guard | Exclusion") -> None:
    if isinstance(guard, Exclusion):
        cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = %s", [guard.name])
        if not cursor.fetchone():
            cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
            cursor.execute(f'ALTER TABLE "{guard.table}" ADD CONSTRAINT "{guard.name}" {guard.postgresql}')
        return
    cursor.execute(f'DROP TRIGGER IF EXISTS "{guard.name}" ON "{guard.table}"')
    if guard.looks_elsewhere:
        _asking_function(cursor, guard)
        return
    condition = f"WHEN ({guard.when})" if guard.when else ""
    each = "STATEMENT" if guard.event == "TRUNCATE" else "ROW"
    cursor.execute(
        f'CREATE TRIGGER "{guard.name}" BEFORE {guard.event} ON "{guard.table}" FOR EACH {each} {condition} '
        f"EXECUTE FUNCTION isms_refuse('{guard.message}')"
    )
