"""What entries say, as the index keeps it, so that showing where a question was answered reads one table."""

import json
from collections.abc import Collection

from index.registry import Field, nouns
from lib.planned import Planned

Key = tuple[str, int]

# Nothing while a change waits to be read: the rows might still name somebody who has been anonymised since.
_KEPT = Planned(
    "index_texts",
    """
SELECT noun, object, texts
FROM unnest(%(nouns)s::text[], %(keys)s::bigint[]) AS asked (noun, object)
JOIN index_document USING (noun, object)
WHERE texts IS NOT NULL AND NOT EXISTS (SELECT FROM index_pending WHERE urgent)
""",
    {"nouns": "text[]", "keys": "bigint[]"},
    for_any=True,
)


def texts(asked: Collection[Key]) -> dict[Key, list[Field]]:
    """{(noun, primary key): its texts, strongest first}, whoever may see them; entries that are gone are left
    out.

    One query. What the index cannot tell (rows of an earlier version, or changes that wait to be read) comes
    from the entries themselves.
    """
    told = _kept(asked)
    missing: dict[str, list[int]] = {}
    for noun, key in asked:
        if (noun, key) not in told:
            missing.setdefault(noun, []).append(key)
    for noun, keys in missing.items():
        for entry in nouns()[noun].entries(keys):
            told[noun, entry.pk] = entry.texts
    return told


def _kept(asked: Collection[Key]) -> dict[Key, list[Field]]:
    if not asked:
        return {}
    rows = _KEPT.rows(nouns=[noun for noun, _key in asked], keys=[key for _noun, key in asked])
    return {(noun, key): [Field(*one) for one in json.loads(told)] for noun, key, told in rows}
