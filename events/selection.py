"""A visitor's choice of events: read from a query string, told back as chips, facets and links."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from django.http import QueryDict
from django.utils.functional import SimpleLazyObject

from addresses.models import FormerSlug
from events.asked import Problem, drop_distances, read
from events.bits.choice import Choice, chosen_of
from events.facets import Facet, facets_of, labels_of
from events.filters import MAX_LENGTH, MAX_VALUES, EventFilter, Sort, When
from events.models import Event, EventQuerySet
from events.near import OFFERED, USUAL, Around
from lib import gazetteer


@dataclass(frozen=True)
class Chip:
    """An active filter and the address without it."""

    facet: str
    label: str
    remove_url: str


@dataclass
class Selection:
    """What a query string asks for. `path` is where the form and its links lead, `most` limits the values.

    `span` are the first and the last day that the page itself shows, such as a month: then all of its
    events are meant, unless the query string asks for the upcoming or past ones. `kept` is what a look is
    told beside the filter: it stays in the links of all looks and is no part of any other form.
    """

    query: QueryDict
    path: str
    at: dt.datetime | None = None
    most: int = MAX_VALUES
    span: tuple[dt.date, dt.date] | None = None
    kept: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self.data, self.problems = read(self.query, self.most)
        # Put together where SQL has to answer.
        published: Any = SimpleLazyObject(self._published)
        self.filterset = EventFilter(self.data, published, at=self.at, when=self.default_when)
        self.filterset.form.is_valid()
        self.values: dict[str, Any] = self.filterset.form.cleaned_data

    # -- the events -------------------------------------------------------------------------

    @property
    def refused(self) -> list[Problem]:
        """The problems for which outputs answer nothing: without these values the list would widen."""
        return [one for one in self.problems if not one.is_idle]

    @cached_property
    def events(self) -> EventQuerySet:
        return self.filterset.filter_queryset(self._published())

    @cached_property
    def choice(self) -> Choice | None:
        """The same events as sets of bits; none where plain SQL has to tell them."""
        return chosen_of(self.filterset, self.span)

    @property
    def keys(self) -> "Keys":
        """The keys of the events in their order."""
        return Keys(self)

    @property
    def total(self) -> int:
        """The number of the events."""
        return self.choice.total if self.choice else self.events.count()

    def _published(self) -> EventQuerySet:
        published = Event.objects.published(self.at)
        return published.between(*self.span) if self.span else published

    def within(self, events: EventQuerySet) -> EventQuerySet:
        """The same choice among other events than the published ones."""
        return self.filterset.filter_queryset(events)

    @property
    def default_when(self) -> str:
        return When.ALL if self.span else When.UPCOMING

    @property
    def when(self) -> str:
        return self.values.get("when") or self.default_when

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but period and order was chosen."""
        return any(value for name, value in self.values.items() if name not in ("when", "sort"))

    # -- former slugs -----------------------------------------------------------------------

    def successor_query(self) -> str | None:
        """The query string with former slugs replaced by their successors; None if there are none."""
        nouns = {name: one.noun for name, one in EventFilter.base_filters.items() if getattr(one, "noun", "")}
        asked = {(name, slug) for name in nouns for slug in self.values.get(name) or []}
        # What bears a slug today has it for itself.
        asked = {one for one in asked if not (self.choice and self.choice.name_of(*one))}
        kinds, slugs = {nouns[name] for name, _slug in asked}, {slug for _name, slug in asked}
        former = FormerSlug.objects.current_slugs(kinds, slugs) if asked else None
        if not former:
            return None
        query = self.query.copy()
        for name, noun in nouns.items():
            query.setlist(name, [former.get((noun, slug), slug) for slug in query.getlist(name)])
        return query.urlencode()

    # -- addresses --------------------------------------------------------------------------

    def url(self, **changes: Any) -> str:
        """This selection's address with some parameters set or (None) dropped; paging is dropped."""
        query = self.look_query
        for name, value in changes.items():
            if value is None:
                query.pop(name, None)
            else:
                query.setlist(name, value if isinstance(value, list) else [value])
        drop_distances(query)
        text = query.urlencode()
        return f"{self.path}?{text}" if text else self.path

    @property
    def query_dict(self) -> QueryDict:
        query = QueryDict(mutable=True)
        query.update(cast(Any, self.data))  # `copy()` would copy each text for itself
        return query

    @property
    def query_string(self) -> str:
        """The parameters as they stand in the address of every other form of this list.

        Other forms know no days of the page itself: there they are a filter like any other.
        """
        query = self.query_dict
        if self.span:
            first, last = map(str, self.span)
            query["from"] = max(first, self.date_from)
            query["to"] = min(last, self.date_to or last)
            query.setdefault("when", self.default_when)
        return query.urlencode()

    @property
    def look_query(self) -> QueryDict:
        """The parameters as they stand in the address of a look."""
        query = self.query_dict
        query.update(self.kept)
        return query

    @property
    def form_action(self) -> str:
        return self.path

    @property
    def reset_url(self) -> str:
        query = QueryDict(mutable=True)
        if self.when != self.default_when:
            query["when"] = self.when
        query.update(self.kept)
        return f"{self.path}?{query.urlencode()}" if query else self.path

    # -- what the page shows ----------------------------------------------------------------

    @property
    def q(self) -> str:
        return self.values.get("q") or ""

    @property
    def date_from(self) -> str:
        return self.data.get("from", "")

    @property
    def date_to(self) -> str:
        return self.data.get("to", "")

    @property
    def around(self) -> Around | None:
        """The place that distances are told from, and how far the choice reaches."""
        return self.filterset.around

    @property
    def near(self) -> str:
        """The place as it was typed, known or not."""
        return (self.query.get("near") or "").replace("\x00", "")[:MAX_LENGTH]

    @property
    def radius_options(self) -> list[dict[str, Any]]:
        """The radii that a form offers, the chosen one among them; the usual one is not written down."""
        chosen = self.around.radius if self.around else USUAL
        return [
            {"value": "" if one == USUAL else one, "number": one, "is_current": one == chosen}
            for one in sorted({*OFFERED, chosen})
        ]

    @property
    def places_meant(self) -> list[dict[str, str]]:
        """Other places that may have been meant: of the same name, or of nearly the one that is unknown."""
        others = self.around.others if self.around else gazetteer.alike(self.near)
        asked = {name: value for name in ("radius", "sort") if (value := self.query.get(name))}
        return [{"label": one.full_name, "url": self.url(**asked, near=one.full_name)} for one in others]

    @property
    def sort(self) -> str:
        if chosen := self.values.get("sort"):
            return str(chosen)
        if self.q and self.when == When.ALL:
            return Sort.RELEVANCE
        return Sort.DATE if self.when == When.UPCOMING else Sort.LATEST

    @property
    def sort_options(self) -> list[dict[str, Any]]:
        return [
            {"value": value, "label": label, "is_current": value == self.sort}
            for value, label in Sort.CHOICES
            if (self.q or value != Sort.RELEVANCE) and (self.around or value != Sort.DISTANCE)
        ]

    @property
    def when_links(self) -> list[dict[str, Any]]:
        return [
            {
                "value": value,
                "label": label,
                "url": self.url(when=None if value == self.default_when else value, sort=None),
                "is_current": value == self.when,
            }
            for value, label in When.CHOICES
        ]

    @cached_property
    def facets(self) -> list[Facet]:
        return self._told[0]

    @cached_property
    def _told(self) -> tuple[list[Facet], dict[tuple[str, str], str]]:
        """The facets and the labels of all chosen values: at most two queries."""
        facets = facets_of(self.filterset, self.choice)
        labels = labels_of(self.values, facets, self.choice)
        return [facet.labelled(labels) for facet in facets], labels

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Parameters that no field of the form shows and that it must keep."""
        shown = {"q", "page", "near", "radius", *(facet.name for facet in self.facets)}
        shown |= set() if self.span else {"from", "to", "sort"}
        pairs = [(name, value) for name, values in self.data.lists() for value in values if name not in shown]
        return [*(pair for pair in pairs if pair != ("when", self.default_when)), *self.kept.items()]

    @cached_property
    def chips(self) -> list[Chip]:
        """Each active filter with the address that drops just that value."""
        labels = self._told[1]
        found = []
        for name, value in self._chosen():
            rest = [other for other in self.data.getlist(name) if other != value] or None
            label = labels.get((name, value), value)
            facet = EventFilter.base_filters["radius" if name == "near" else name].label
            found.append(Chip(str(facet), str(label), self.url(**{name: rest})))
        return found

    @property
    def words(self) -> str:
        """The choice in words, for the title of an output; counts nothing."""
        labels = labels_of(self.values, [], self.choice)
        return ", ".join(str(labels.get(pair, pair[1])) for pair in self._chosen())

    def _chosen(self) -> list[tuple[str, str]]:
        """(parameter, value) of every active filter, in the order of the form."""
        names = [name for name in EventFilter.base_filters if name not in ("when", "sort", "radius")]
        return [(name, value) for name in names for value in self.data.getlist(name)]


@dataclass(frozen=True)
class Keys:
    """The primary keys of a choice in its order: counted, and cut into pages, without going through them."""

    selection: Selection

    def count(self) -> int:
        return self.selection.total

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[int]:
        """Of the keys from a place up to another, both named."""
        selection, first, last = self.selection, part.start, part.stop
        found = selection.choice.keys(selection.sort, first, last) if selection.choice else None
        return list(selection.events.values_list("pk", flat=True)[part]) if found is None else found
