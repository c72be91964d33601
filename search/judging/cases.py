"""The judged questions of data/search/ and what they mean over the catalogue.

A judgement names entries by slug or by what they have: "series:e-nrw", "topic:ki&year:2024". Grades: 3 is
what was asked for, 2 answers the question, 1 is related. Judges read the catalogue, never the results.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from events.models.choices import ORGANISING
from lib.german import slugify


@dataclass(frozen=True)
class Question:
    text: str
    group: str
    grades: Mapping[str, int]


@dataclass(frozen=True)
class Pair:
    """Two wordings of one question; `kind` tells in what they differ."""

    kind: str
    one: str
    other: str


@dataclass(frozen=True)
class Judged:
    questions: list[Question]
    nothing: list[str]
    pairs: list[Pair]


def read(path: Path, catalogue: Mapping[str, Any]) -> Judged:
    """The file's questions; `catalogue` is an exchange file as read from JSON.

    Raises ValueError naming the question if one of its judgements names no entry.
    """
    told = json.loads(path.read_text(encoding="utf-8"))
    traits = {event["slug"]: set(_traits(event, _cities(catalogue))) for event in catalogue["events"]}
    questions = [
        Question(one["query"], one["group"], _grades(one["query"], one["relevant"], traits))
        for one in told["queries"]
    ]
    return Judged(questions, told["nothing"], [Pair(*pair) for pair in told["pairs"]])


def _cities(catalogue: Mapping[str, Any]) -> dict[str, str]:
    return {venue["slug"]: slugify(venue.get("city", "")) for venue in catalogue["venues"]}


def _traits(event: Mapping[str, Any], cities: Mapping[str, str]) -> Iterable[str]:
    """All that a judgement may name this event by."""
    yield event["slug"]
    yield f"series:{event.get('series')}"
    yield f"year:{event['start'][:4]}"
    yield f"month:{event['start'][:7]}"
    yield f"mode:{event.get('mode', 'onsite')}"
    if event.get("is_free"):
        yield "free"
    for key, name in (("topics", "topic"), ("formats", "format"), ("audiences", "audience")):
        yield from (f"{name}:{value}" for value in event.get(key, ()))
    yield from (f"city:{cities[one['venue']]}" for one in event.get("venues", ()))
    yield from (f"speaker:{one['speaker']}" for one in event.get("appearances", ()))
    for one in event.get("participations", ()):
        yield f"organisation:{one['organisation']}"
        if one["role"] in ORGANISING:
            yield f"organiser:{one['organisation']}"
    yield from _title_words(f"{event['title']} {event.get('subtitle', '')}")


def _title_words(title: str) -> Iterable[str]:
    words = slugify(title).split("-")
    yield from (f"title:{word}" for word in words)
    yield from (f"title:{word}-{after}" for word, after in pairwise(words))


def _grades(
    question: str, relevant: Mapping[str, list[str]], traits: Mapping[str, set[str]]
) -> dict[str, int]:
    """The highest grade that each entry is given."""
    grades: dict[str, int] = {}
    for grade, selectors in relevant.items():
        for selector in selectors:
            named = [slug for slug, has in traits.items() if has.issuperset(selector.split("&"))]
            if not named:
                raise ValueError(f"“{question}” names no entry by {selector}.")
            grades |= {slug: max(int(grade), grades.get(slug, 0)) for slug in named}
    return grades
