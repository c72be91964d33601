"""One question to every noun: which entries mention all of the words."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from django.db.models import CharField, F, Func, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.models import Event, Series, Topic
from lib.german import Fold, fold
from organisations.models import Organisation
from speakers.models import Speaker

SHOWN = 8


@dataclass(frozen=True)
class Group:
    """The hits among one kind of noun; at most SHOWN of them, and how many there are."""

    title: Any
    hits: list[Any]
    total: int
    more_url: str


def find(words: str) -> list[Group]:
    """Hits among events, series, organisations, people and topics; kinds without a hit are left out.

    Two queries per kind. An empty question finds nothing.
    """
    folded = fold(words).split()
    if not folded:
        return []
    kinds: list[tuple[Any, QuerySet[Any], str, str]] = [
        (_("Events"), _events(words), "events:list", "when=all&q="),
        (_("Event series"), _series(folded), "events:series-list", "q="),
        (_("Organisations"), _organisations(folded), "organisations:list", "q="),
        (_("People"), _people(folded), "speakers:list", "q="),
        (_("Topics"), _topics(folded), "", ""),
    ]
    groups = []
    for title, found, route, query in kinds:
        total = found.count()
        if total:
            more = _more(route, query, words) if route and total > SHOWN else ""
            groups.append(Group(title, list(found[:SHOWN]), total, more))
    return groups


def _more(route: str, query: str, words: str) -> str:
    return f"{reverse(route)}?{query}{quote_plus(words)}"


def _events(words: str) -> QuerySet[Event]:
    return Event.objects.published().matching(words).for_listing().order_by("-starts_at", "-pk")


def _mentioning(found: QuerySet[Any], words: list[str], *columns: Any) -> QuerySet[Any]:
    """Entries in whose columns, taken together and folded, each word stands."""
    joined = Func(Value(" "), *columns, function="concat_ws", output_field=CharField())
    found = found.annotate(haystack=Fold(joined)).order_by("sort_name", "pk")
    for word in words:
        found = found.filter(haystack__contains=word)
    return found


def _series(words: list[str]) -> QuerySet[Any]:
    names = F("name"), F("name_en"), F("short_name"), _lines("aliases")
    return _mentioning(Series.objects.all(), words, *names)


def _organisations(words: list[str]) -> QuerySet[Any]:
    names = F("name"), F("name_en"), F("short_name"), _lines("aliases")
    return _mentioning(Organisation.objects.all(), words, *names)


def _people(words: list[str]) -> QuerySet[Any]:
    return _mentioning(Speaker.objects.listed(), words, F("given_name"), F("family_name"), _lines("aliases"))


def _topics(words: list[str]) -> QuerySet[Any]:
    return _mentioning(Topic.objects.all(), words, F("name_de"), F("name_en"), _lines("synonyms"))


def _lines(column: str) -> Func:
    """The texts of a list, one after the other."""
    return Func(F(column), Value(" "), function="array_to_string", output_field=CharField())
