"""What a person is and was called, as far as the database still knows."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from addresses.models import FormerSlug, NounKind
from privacy.names import Names, names_of
from speakers.models import Speaker
from trail.models import Change

_TABLE = Speaker._meta.db_table


def names_known(speaker: Speaker, *, alone: bool = False) -> Names:
    """Present and former names, other names, and addresses of pages; `alone` as in `privacy.names.Names`."""
    states = [_state(speaker), *_former(speaker)]
    former = FormerSlug.objects.filter(noun=NounKind.SPEAKER, target=speaker.pk).values_list(
        "slug", flat=True
    )
    people = {(state["academic_title"], state["given_name"], state["family_name"]) for state in states}
    others = {name for state in states for name in state["aliases"]}
    slugs = {*former, *(state["slug"] for state in states)}
    return replace(names_of(people, others, slugs), alone=alone)


def _state(speaker: Speaker) -> dict[str, Any]:
    names = "academic_title", "given_name", "family_name", "aliases", "slug"
    return {name: getattr(speaker, name) for name in names}


def _former(speaker: Speaker) -> Iterable[dict[str, Any]]:
    """As the trail remembers the entry, step by step back from today."""
    state = _state(speaker)
    changes = Change.objects.filter(table=_TABLE, key=speaker.pk, before__isnull=False).order_by("-pk")
    for change in changes:
        before: dict[str, Any] = change.before or {}
        state = {name: before.get(name, value) for name, value in state.items()}
        yield state
