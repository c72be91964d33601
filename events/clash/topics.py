"""All topics, what is above each, and how a form offers them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from events.models import Topic


@dataclass(frozen=True)
class Offered:
    """A topic to choose; `below` are its narrower ones."""

    topic: Topic
    is_chosen: bool
    below: list["Offered"] = field(default_factory=list)


def next_topics(topics: Iterable[Topic]) -> dict[str, frozenset[str]]:
    """{topic: the broader and the narrower ones}, by slugs; the topics come with their parents."""
    found: dict[str, set[str]] = defaultdict(set)
    for topic in topics:
        if topic.parent:
            found[topic.slug].add(topic.parent.slug)
            found[topic.parent.slug].add(topic.slug)
    return {slug: frozenset(others) for slug, others in found.items()}


def grouped(topics: Sequence[Topic], chosen: Collection[str] | None) -> list[Offered]:
    """The topics in their order, narrower ones below the broader one, at any depth only once."""
    below: dict[int | None, list[Topic]] = defaultdict(list)
    known = {topic.pk for topic in topics}
    for topic in topics:
        below[topic.parent_id if topic.parent_id in known else None].append(topic)
    return [_offered(topic, below, frozenset(chosen or ())) for topic in below[None]]


def _offered(topic: Topic, below: dict[int | None, list[Topic]], chosen: frozenset[str]) -> Offered:
    narrower = [_offered(one, below, chosen) for one in below.get(topic.pk, [])]
    return Offered(topic, topic.slug in chosen, narrower)
