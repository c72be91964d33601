"""By which addresses each kind of page is measured: drawn from the catalogue, so that none is empty."""

import datetime as dt
import random
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from events.models import Event, Topic
from events.models.choices import Audience, Format
from lib.quick import entry_path
from organisations.models import Organisation
from speakers.models import Speaker
from tools.speed.bars import FIRST

# Different addresses of one kind; few pages of the list have that many. More of those that are asked once.
MANY, ONCE = 150, 1_500
LIST, API = "events:list", "/api/v1/events"
Draw = random.Random


def addresses(today: dt.date) -> dict[str, list[str]]:
    """{kind: paths with query}, the same for the same catalogue and day."""
    draw = Draw(7)
    keys = list(Event.objects.order_by("pk").values_list("pk", flat=True))
    drawn = draw.sample(keys, min(MANY, len(keys)))
    some = [_facts(event) for event in Event.objects.for_listing().filter(pk__in=drawn).order_by("pk")]
    slugs = [one["slug"] for one in some]
    led = [one for one in some if one["organisers"]]
    kinds = {
        "list": [_list(when="all"), _list(when="all", sort="-date"), _list(when="past")],
        "list, upcoming": [_list()],
        "filtered": [_list(**_filter(one, draw), when="all") for one in some],
        "many facets": [_heavy(draw) for _n in range(MANY)],
        "deep page": [_list(when="all", page=page) for page in _pages(len(keys), draw)],
        "search": [reverse("search:search") + _query(q=_words(one)) for one in some],
        "list, searched": [_list(q=_words(one), when="all") for one in some],
        "detail": [reverse("events:detail", args=[slug]) for slug in slugs],
        FIRST: _others(drawn, draw),
        "month": [_month(one["starts_on"]) for one in some],
        "year": [reverse("events:year", args=[year]) for year in range(today.year - 9, today.year + 2)],
        "map": [reverse("events:map") + _query(when="all"), reverse("events:map")],
        "calendar": [reverse("events:list-ics") + _query(**_rare(one), when="all") for one in led],
        "calendar of one": [reverse("events:ics", args=[one["slug"]]) for one in some if one["has_day"]],
        "JSON": [reverse("events:list-json") + _query(**_rare(one), when="all") for one in led],
        "API": [f"{API}?{urlencode({**_filter(one, draw), 'when': 'all'}, doseq=True)}" for one in some],
        "front page": [reverse("home")],
    }
    return kinds | _nouns()


def _others(keys: list[int], draw: Draw) -> list[str]:
    """Pages of other events than these, in both languages."""
    found = list(Event.objects.exclude(pk__in=keys).order_by("pk").values_list("slug", flat=True))
    slugs = draw.sample(found, min(ONCE, len(found)))
    return [entry_path("events:detail", slug, language) for language in ("de", "en") for slug in slugs]


def _nouns() -> dict[str, list[str]]:
    """The busiest ones, whose pages have the most to tell: the lower the number, the more events."""
    return {
        kind: [reverse(route, args=[slug]) for slug in _slugs(model)]
        for kind, route, model in (
            ("organisation", "organisations:detail", Organisation),
            ("person", "speakers:detail", Speaker),
            ("topic", "events:topic", Topic),
        )
    }


def _slugs(model: Any) -> list[str]:
    return list(model.objects.order_by("pk").values_list("slug", flat=True)[:40])


def _facts(event: Event) -> dict[str, Any]:
    return {
        "slug": event.slug, "title": event.title, "starts_on": event.starts_on, "mode": event.mode,
        "has_day": event.has_day, "topics": [topic.slug for topic in event.topic_list],
        "organisers": [link.organisation.slug for link in event.organisers],
        "states": [place.state for place in event.places], "formats": event.formats,
    }  # fmt: skip


def _filter(one: dict[str, Any], draw: Draw) -> dict[str, Any]:
    """One to three filters that the event meets; fewer of an event that lacks what they ask for."""
    first = one["starts_on"].replace(day=1)
    ways: list[dict[str, Any]] = [
        {"topic": one["topics"][:1]},
        {"topic": one["topics"][-1:], "mode": one["mode"]},
        {"organiser": one["organisers"][:1]},
        {"topic": one["topics"][:1], "state": one["states"][:1]},
        {"from": first, "to": first + dt.timedelta(days=40)},
        {"format": one["formats"][:1], "mode": one["mode"], "topic": one["topics"][:1]},
    ]
    return draw.choice(ways)


def _rare(one: dict[str, Any]) -> dict[str, Any]:
    """What few events meet, however many there are: those of one organiser in one month."""
    first = one["starts_on"].replace(day=1)
    return {"organiser": one["organisers"][0], "from": first, "to": first + dt.timedelta(days=27)}


def _heavy(draw: Draw) -> str:
    """Several values of five facets at once."""
    topics = draw.sample(list(Topic.objects.order_by("pk").values_list("slug", flat=True)[:20]), 4)
    return _list(
        when="all",
        topic=topics,
        format=draw.sample(Format.values, 3),
        audience=draw.sample(Audience.values, 3),
        mode=draw.sample(["onsite", "online", "hybrid"], 2),
        state=draw.sample(["DE-NW", "DE-BY", "DE-BE", "DE-HE", "DE-SN"], 3),
    )


def _pages(events: int, draw: Draw) -> list[int]:
    last = max(2, events // 25)
    return draw.sample(range(last // 2, last + 1), min(MANY, last - last // 2))


def _month(day: dt.date) -> str:
    return reverse("events:month", args=[day.year, day.month])


def _words(one: dict[str, Any]) -> str:
    """Two words of the title: the invented name, which few events bear, and a common one."""
    words = one["title"].split()
    return f"{words[0]} {words[-2]}"


def _list(**query: Any) -> str:
    return reverse(LIST) + _query(**query)


def _query(**query: Any) -> str:
    return f"?{urlencode(query, doseq=True)}" if query else ""
