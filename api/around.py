"""What lies around events as the API tells it: the editions next to them, what they are part of, their parts.

No part of what is kept of an event (api/event_records.py), so it is asked for each time, for a page at once.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any, NamedTuple

from api.outputs.event import NOTHING_AROUND, Record
from api.outputs.linking import Linker, labelled
from events.models.choices import State
from lib.nouns import in_language
from lib.planned import Planned

_TOLD = "uid::text, slug::text, is_sample, title::text, title_en::text, starts_at, id"
# The same rule as `EventQuerySet.published`, the state as a word, as in events/around.py.
_PUBLIC = f"state = '{State.PUBLISHED}' AND (publish_from IS NULL OR publish_from <= %(at)s)"
_EDITIONS = f"FROM events_event WHERE series_id = here.series_id AND {_PUBLIC} AND (starts_at, id)"
_AROUND = Planned(
    "api_around",
    f"""
SELECT here.id, told.place, told.uid, told.slug, told.is_sample, told.title, told.title_en
FROM events_event AS here CROSS JOIN LATERAL (
    (SELECT 'previous' AS place, {_TOLD} {_EDITIONS} < (here.starts_at, here.id)
     ORDER BY starts_at DESC, id DESC LIMIT 1)
    UNION ALL
    (SELECT 'next', {_TOLD} {_EDITIONS} > (here.starts_at, here.id) ORDER BY starts_at, id LIMIT 1)
    UNION ALL
    SELECT 'part_of', {_TOLD} FROM events_event WHERE id = here.parent_id AND {_PUBLIC}
    UNION ALL
    SELECT 'parts', {_TOLD} FROM events_event WHERE parent_id = here.id AND {_PUBLIC}
) AS told
WHERE here.id = ANY(%(keys)s)
ORDER BY told.starts_at, told.id
""",  # noqa: S608 - all of it is words of ours
    {"keys": "bigint[]", "at": "timestamptz"},
)


class _Neighbour(NamedTuple):
    """Has what a reference to an event tells."""

    uid: str
    slug: str
    is_sample: bool
    title: str
    title_en: str


def around(keys: Collection[int], link: Linker, at: dt.datetime) -> dict[int, Record]:
    """{event: what takes the place of NOTHING_AROUND} of these events; of those without neighbours as well
    (1 query)."""
    found: dict[int, Record] = {key: _nobody() for key in keys}
    for key, place, *told in _AROUND.rows(keys=list(keys), at=at):
        reference = _reference(_Neighbour(*told), link)
        if place == "parts":
            found[key]["parts"].append(reference)
        elif place == "part_of":
            found[key]["part_of"] = reference
        else:
            found[key]["editions"][place] = reference
    return found


def _nobody() -> Record:
    return NOTHING_AROUND | {"editions": {"previous": None, "next": None}, "parts": []}


def _reference(one: Any, link: Linker) -> Record:
    return link.named("event", one.uid, one.slug, labelled(one, in_language(one, "title")))
