"""SQL for the triggers that keep columns true whichever way a row is written.

Those that look beyond their own row run once per statement, over all its rows at a time: a load of thousands
of rows costs a handful of queries. In them `stale` are the rows as they were, `fresh` as they are.
"""

from collections.abc import Iterable, Sequence

from django.db.migrations import RunSQL

_ROWS = {
    "INSERT": "REFERENCING NEW TABLE AS fresh",
    "UPDATE": "REFERENCING OLD TABLE AS stale NEW TABLE AS fresh",
    "DELETE": "REFERENCING OLD TABLE AS stale",
}


def touch(table: str) -> RunSQL:
    """`modified_at` is set by the database on every update of the table."""
    return RunSQL(
        f"CREATE TRIGGER {table}_touch BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION noun_touch()",
        f"DROP TRIGGER {table}_touch ON {table}",
    )


def remember_slugs(table: str, noun: str) -> RunSQL:
    """A changed slug of the table is remembered as a former address of the noun."""
    return RunSQL(
        f"CREATE TRIGGER {table}_remember_slug AFTER INSERT OR UPDATE OF slug OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION noun_remember_slug('{noun}')",
        f"DROP TRIGGER {table}_remember_slug ON {table}",
    )


def remembers_slugs(table: str, noun: str) -> list[RunSQL]:
    """The same once per statement, over all its rows."""
    return after(table, "remember_slugs", f"noun_remember_slugs('{noun}')")


def function(name: str, body: str, declare: str = "") -> RunSQL:
    """A trigger function whose body is PL/pgSQL; what it returns is of no account."""
    head = f"DECLARE {declare}\n" if declare else ""
    return RunSQL(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\n{head}BEGIN\n{body}\n"
        "RETURN NULL;\nEND $$",
        f"DROP FUNCTION {name}()",
    )


def after(table: str, name: str, call: str, events: Iterable[str] = tuple(_ROWS)) -> list[RunSQL]:
    """Triggers that run once after each statement of these kinds. `call` is a function with its arguments."""
    return [
        RunSQL(
            f"CREATE TRIGGER {table}_{name}_{event.lower()} AFTER {event} ON {table} {_ROWS[event]} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {call}",
            f"DROP TRIGGER {table}_{name}_{event.lower()} ON {table}",
        )
        for event in events
    ]


def raises_version(table: str) -> list[RunSQL]:
    """A change of the table is a change of the catalogue (see journal.models.CatalogueVersion)."""
    emptied = RunSQL(
        f"CREATE TRIGGER {table}_version_truncate AFTER TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_note_change()",
        f"DROP TRIGGER {table}_version_truncate ON {table}",
    )
    return [*after(table, "version", "journal_note_change()"), emptied]


def takes_turns(table: str) -> RunSQL:
    """One transaction at a time writes such tables; those who read do not wait.

    A change touches entries around its own, in whatever order the rows lie. Two at a time would wait for each
    other, and one be refused. The turn is taken before a row is locked, and ends with the transaction.
    """
    return RunSQL(
        f"CREATE TRIGGER {table}_take_turn BEFORE INSERT OR UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_take_turn()",
        f"DROP TRIGGER {table}_take_turn ON {table}",
    )


def leaves_tombstones(table: str, noun: str, seen: str, gone: str, until: str = "") -> list[RunSQL]:
    """An entry of the table that could be seen and no longer can leaves a tombstone, until it is back.

    `seen` and `until`, the moment set for its return, are SQL about a row called `entry`; `gone` is the
    reason that a row which stays is seen no more.
    """

    def bury(reason: str, which: str) -> str:
        slug = "''" if noun == "speaker" else "entry.slug"
        return (
            "INSERT INTO journal_tombstone (noun, uid, slug, gone_at, reason) "
            f"SELECT '{noun}', entry.uid, {slug}, now(), '{reason}' FROM stale AS entry WHERE {which} "
            "ON CONFLICT (uid) DO UPDATE SET slug = EXCLUDED.slug, gone_at = EXCLUDED.gone_at, "
            "reason = EXCLUDED.reason, until = NULL;"
        )

    known = "EXISTS (SELECT FROM journal_tombstone AS stone WHERE stone.uid = entry.uid)"
    still = f"fresh.uid = entry.uid AND {seen.replace('entry.', 'fresh.')}"
    body = f"""
    IF TG_OP = 'DELETE' THEN
        {bury("deleted", f"{seen} OR {known}")}
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        {bury(gone, f"{seen} AND NOT EXISTS (SELECT FROM fresh WHERE {still})")}
    END IF;
    DELETE FROM journal_tombstone AS stone USING fresh AS entry WHERE stone.uid = entry.uid AND {seen};"""
    if until:
        body += f"""
    UPDATE journal_tombstone AS stone SET until = {until} FROM fresh AS entry
    WHERE stone.uid = entry.uid AND stone.until IS DISTINCT FROM {until};"""
    name = f"{table}_leave_tombstones"
    return [function(name, body), *after(table, "tombstones", f"{name}()")]


def touches_owner(table: str, column: str, owner: str, revises: bool = False) -> list[RunSQL]:
    """A row added, changed or removed changes the entry that its `column` names.

    With `revises` calendars learn of it: the revision rises, unless the entry is made in this very
    transaction.
    """
    differing = (
        f"SELECT unnest(ARRAY[stale.{column}, fresh.{column}]) FROM stale JOIN fresh USING (id) "
        "WHERE ROW(stale.*) IS DISTINCT FROM ROW(fresh.*)"
    )
    body = f"""
    IF TG_OP = 'INSERT' THEN
        {_touch(owner, f"SELECT {column} FROM fresh", revises)};
    ELSIF TG_OP = 'DELETE' THEN
        {_touch(owner, f"SELECT {column} FROM stale", revises)};
    ELSE
        {_touch(owner, differing, revises)};
    END IF;"""
    name = f"touch_{column.removesuffix('_id')}"
    return [function(f"{table}_{name}", body), *after(table, name, f"{table}_{name}()")]


def _touch(owner: str, keys: str, revises: bool) -> str:
    """What is made or touched in this transaction already is left alone: loads write each row but once."""
    if revises:
        return (
            f"UPDATE {owner} SET revision = revision + (created_at < now())::int WHERE id IN ({keys}) "
            "AND (created_at < now() OR modified_at <> now())"
        )
    return f"UPDATE {owner} SET modified_at = now() WHERE id IN ({keys}) AND modified_at <> now()"


def tells(
    table: str,
    name: str,
    told: Sequence[str],
    owners: dict[str, str],
    revising: Sequence[str] = (),
    revised: str = "",
) -> list[RunSQL]:
    """A change in these columns changes the entries that tell of the row.

    `owners` is {table: condition}: which of its rows tell of the rows whose keys stand in the array `told`.
    Of `revising` columns calendars tell as well; `revised` is the condition about the array `revising`.
    """

    def differ(columns: Sequence[str]) -> str:
        if not columns:
            return "false"
        old, new = (", ".join(f"{side}.{column}" for column in columns) for side in ("stale", "fresh"))
        return f"({old}) IS DISTINCT FROM ({new})"

    body = f"""
    SELECT array_agg(id), coalesce(array_agg(id) FILTER (WHERE {differ(revising)}), '{{}}')
    INTO told, revising FROM stale JOIN fresh USING (id) WHERE {differ([*told, *revising])};
    IF told IS NULL THEN
        RETURN NULL;
    END IF;
    """
    if revised:
        body += (
            "UPDATE events_event SET revision = revision + 1 "
            f"WHERE revising <> '{{}}' AND created_at < now() AND ({revised});\n"
        )
    for owner, condition in owners.items():
        body += f"UPDATE {owner} SET modified_at = now() WHERE ({condition}) AND modified_at <> now();\n"
    function_name = f"{table}_tell_{name}"
    return [
        function(function_name, body, "told bigint[]; revising bigint[];"),
        *after(table, f"tell_{name}", f"{function_name}()", ["UPDATE"]),
    ]


def keeps_trail(
    table: str,
    noun: str,
    owner: str,
    *,
    silent: Sequence[str] = ("modified_at",),
    noun_column: str = "",
    events: Iterable[str] = tuple(_ROWS),
) -> list[RunSQL]:
    """What a row of the table was before each change is kept (see trail.models.Change).

    `owner` is the column with the key of the entry that the row belongs to, `noun` the kind of that entry, or
    `noun_column` the column that says it. A change of `silent` columns alone is none. A row that moves to
    another entry is noted as gone there and as new here.
    """

    def told(row: str) -> str:
        kind = f"{row}.{noun_column}" if noun_column else f"'{noun}'"
        return f"'{table}', {row}.id, {kind}, {row}.{owner}"

    body = f"""
    IF TG_OP = 'INSERT' THEN
        {_NOTE}{told("fresh")}, 'insert', NULL FROM fresh ORDER BY fresh.id;
    ELSIF TG_OP = 'DELETE' THEN
        {_NOTE}{told("stale")}, 'delete', to_jsonb(stale) - 'modified_at' - made FROM stale ORDER BY stale.id;
    ELSE
        {_NOTE}told.* FROM stale JOIN fresh USING (id)
        {_differing(told("stale"), told("fresh"), owner, silent)};
    END IF;"""
    name = f"{table}_keep_trail"
    return [_trail_function(name, body), *after(table, "trail", f"{name}()", events)]


_NOTE = (
    'INSERT INTO trail_change (transaction, at, actor_id, reason, "table", key, noun, owner, kind, before)'
    "\n        SELECT step, now(), who, why, "
)


def _differing(stale: str, fresh: str, owner: str, silent: Sequence[str]) -> str:
    dropped = ", ".join(f"'{column}'" for column in silent)
    return f"""
        CROSS JOIN LATERAL (SELECT to_jsonb(stale) - made AS was, to_jsonb(fresh) - made AS became) AS pair
        CROSS JOIN LATERAL (
            SELECT {fresh}, 'update', (
                SELECT jsonb_object_agg(name, value)
                FROM jsonb_each(was - ARRAY[{dropped}]::text[]) AS old(name, value)
                WHERE value IS DISTINCT FROM became -> name)
            WHERE stale.{owner} = fresh.{owner}
            UNION ALL SELECT {stale}, 'delete', was - 'modified_at' WHERE stale.{owner} <> fresh.{owner}
            UNION ALL SELECT {fresh}, 'insert', NULL WHERE stale.{owner} <> fresh.{owner}
        ) AS told ("table", key, noun, owner, kind, before)
        WHERE told.kind <> 'update' OR told.before IS NOT NULL
        ORDER BY told.key, told.kind"""


def _trail_function(name: str, body: str) -> RunSQL:
    return RunSQL(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET TimeZone = 'UTC' AS $$\n"
        "DECLARE step bigint := trail_transaction(); who bigint := trail_actor();\n"
        "    why text := trail_reason(); made text[] := trail_made_by_itself(TG_RELID);\n"
        f"BEGIN\n{body}\nRETURN NULL;\nEND $$",
        f"DROP FUNCTION {name}()",
    )
