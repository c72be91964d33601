"""The six nouns as the search for duplicates sees them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from addresses.models import NounKind
from curation.duplicates import judging, reading
from curation.duplicates.facts import Facts
from events.models import Event, Series, Topic, Venue
from organisations.models import Organisation
from speakers.models import Speaker


@dataclass(frozen=True)
class Kind:
    """`facts(keys)` reads entries; `judge(facts, facts, lexicon)` gives a verdict on two of them."""

    noun: str
    model: Any
    facts: Callable[[Collection[int]], list[Facts]]
    judge: Any


KINDS: dict[str, Kind] = {
    kind.noun: kind
    for kind in (
        Kind(NounKind.EVENT, Event, reading.events, judging.judge_events),
        Kind(NounKind.SERIES, Series, reading.series, judging.judge_named),
        Kind(NounKind.ORGANISATION, Organisation, reading.organisations, judging.judge_organisations),
        Kind(NounKind.SPEAKER, Speaker, reading.people, judging.judge_people),
        Kind(NounKind.TOPIC, Topic, reading.topics, judging.judge_named),
        Kind(NounKind.VENUE, Venue, reading.venues, judging.judge_venues),
    )
}
