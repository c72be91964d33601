"""What the page of an accessibility statement shows, for visitors and for the editors' preview."""

from itertools import groupby
from typing import Any

from lib.nouns import in_language, language_of
from pages.models import Ground, Statement
from pages.statements import barriers_of

TEXTS = ("part", "reason", "alternative")


def told_of(one: Statement) -> dict[str, Any]:
    """A statement as the page shows it, with the other versions: [{number, published_at}], newest first."""
    others = list(Statement.objects.published().values("number", "published_at"))
    later = [other for other in others if one.number and (other["number"] or 0) > one.number]
    return {
        "statement": one,
        "barriers": grouped(one),
        "versions": others,
        "successor": later[-1] if later else None,
        **_texts(one, "scope", "notes"),
    }


def grouped(one: Statement) -> list[dict[str, Any]]:
    """What is not accessible, by ground: [{heading, entries: [{part, reason, alternative, lang}]}]."""
    groups = groupby(barriers_of(one), key=lambda barrier: Ground(barrier.ground))
    return [
        {"heading": ground.label, "entries": [_texts(one, *TEXTS) for one in found]}
        for ground, found in groups
    ]


def _texts(thing: Any, *names: str) -> dict[str, str]:
    """{name: text, name_lang: its language}: the visitor's where there is such a text, else German."""
    told = {name: in_language(thing, name) for name in names}
    return told | {f"{name}_lang": language_of(thing, name) for name in names}
