"""What the start page tells of events: what comes, what is due, what is new, what has changed."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Value
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events import card_rows
from events.bits.keeper import keeper
from events.bits.snapshot import both
from events.bits.years import begun_in
from events.card_rows import Version
from events.cards import draw, shown
from events.freshness import seed
from events.history import Change, changes_of_many
from events.line_drawing import line
from events.models import Event, EventQuerySet, PublishedVersion
from events.models.choices import Status
from events.outputs.deadlines import KINDS
from journal.kept import Kept
from journal.rows import KeptByRow
from lib.nouns import in_language

SHOWN_UPCOMING, SHOWN_NEWEST, SHOWN_LATEST, SHOWN_DEADLINES, SHOWN_CHANGES = 6, 5, 3, 6, 5
# With fewer coming events than this the page also shows the latest past ones.
FEW = 3
# How long a change is news, and how many of the latest versions are looked through for it.
NEWS = dt.timedelta(days=60)
LOOKED_THROUGH = 2000
# What makes people change their plans, by the words of events.wording.
SUBSTANTIAL = {
    "available", "cancelled", "date-known", "free", "mode", "moved-online", "postponed",
    "registration-deadline", "registration-opened", "reinstated", "rescheduled", "sold-out", "time",
    "venue", "venue-added", "venue-removed",
}  # fmt: skip
VOID = (Status.CANCELLED, Status.POSTPONED)


@dataclass(frozen=True)
class Deadline:
    """A day by which something has to be done; `text` names it and the event."""

    slug: str
    is_sample: bool
    day: dt.date
    text: str
    left: str


@dataclass(frozen=True)
class ChangedEvent:
    """`foreign` is the language of the title where it is another than the page's."""

    slug: str
    title: str
    foreign: str
    text: str
    at: dt.datetime

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.at)


def front_page(at: dt.datetime | None = None) -> dict[str, Any]:
    """The events of the page's parts, each part empty where there is nothing to tell.

    At most 17 queries, of which what was drawn before an edit saves most; one where nothing has changed.
    """
    at = at or timezone.now()
    return _kept.get((seed(at), get_language()), lambda: _made(at))


# In each language.
_kept: Kept[dict[str, Any]] = Kept(most=4)


def _made(at: dt.datetime) -> dict[str, Any]:
    published = Event.objects.published(at)
    coming, over, years = _by_time(published, at)
    due = _due(published, at)
    latest = over if len(coming) < FEW else []
    above = {*coming, *latest}
    fresh = [key for key in _newest(published) if key not in above][:SHOWN_NEWEST]
    cards = {one.pk: one for one in shown([*coming, *latest])}
    draw(cards.values())
    told = card_rows.told(fresh) if fresh else {}
    return {
        "upcoming": [cards[key] for key in coming if key in cards],
        "latest": [cards[key] for key in latest if key in cards],
        "newest": [line(told[key][1]) for key in fresh if key in told],
        "deadlines": [_deadline(one, timezone.localdate(at)) for one in due],
        "changes": _told(_changed(published, at), at),
        "years": years,
    }


def _by_time(published: EventQuerySet, at: dt.datetime) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Keys of the next events and of the latest past ones; [(year, number of events that begin in it)], the
    latest first. From sets of bits, or by three queries."""
    snapshot = keeper.current()
    if snapshot is None:
        coming, over = published.upcoming(at).values_list("pk"), published.past(at).values_list("pk")
        years = published.order_by().values_list("starts_on__year").annotate(number=Count("pk"))
        return (
            [key for (key,) in coming[:SHOWN_UPCOMING]],
            [key for (key,) in over[:SHOWN_LATEST]],
            sorted(years, reverse=True),
        )
    public, unfinished = snapshot.public(at), snapshot.unfinished(at)
    past = both(public, tuple(~bits for bits in unfinished))
    return (
        snapshot.page(both(public, unfinished), 0, SHOWN_UPCOMING),
        snapshot.page(past, 0, SHOWN_LATEST, backwards=True),
        sorted(begun_in(snapshot, public, at.year).items(), reverse=True),
    )


def _newest(published: EventQuerySet) -> list[int]:
    """More than are shown: some of them stand above already."""
    keys = published.order_by("-published_at", "-pk").values_list("pk", flat=True)
    return list(keys[: SHOWN_NEWEST + SHOWN_UPCOMING + SHOWN_LATEST])


# -- deadlines ------------------------------------------------------------------------------------


class _Due(NamedTuple):
    pk: int
    day: dt.date
    kind: str
    slug: str
    title: str
    title_en: str
    is_sample: bool


def _due(published: EventQuerySet, at: dt.datetime) -> list[_Due]:
    """The nearest deadlines of events that are to take place (one query)."""
    coming = published.upcoming(at).exclude(status__in=VOID)
    rows = [
        coming.filter(**{f"{kind}__gte": timezone.localdate(at)})
        .order_by(kind, "pk")
        .values_list("pk", F(kind), Value(kind), "slug", "title", "title_en", "is_sample")[:SHOWN_DEADLINES]
        for kind in KINDS
    ]
    found = [_Due(*row) for row in rows[0].union(*rows[1:], all=True)]
    return sorted(found, key=lambda one: (one.day, one.pk, one.kind))[:SHOWN_DEADLINES]


def _deadline(one: _Due, today: dt.date) -> Deadline:
    label, _url = KINDS[one.kind]
    text = str(label) % {"title": in_language(one, "title")}
    return Deadline(one.slug, one.is_sample, one.day, text, days_left((one.day - today).days))


def days_left(number: int) -> str:
    """today / tomorrow / in 5 days."""
    if number < 2:
        return _("tomorrow") if number else _("today")
    return ngettext("in %(number)d day", "in %(number)d days", number) % {"number": number}


# -- changes --------------------------------------------------------------------------------------


def _changed(published: EventQuerySet, at: dt.datetime) -> list[int]:
    """The coming events of which another version became public of late, the latest first (one query)."""
    versions = PublishedVersion.objects.order_by("-pk")
    earlier = PublishedVersion.objects.filter(event=OuterRef("event"), pk__lt=OuterRef("pk"))
    recent = versions.filter(
        Exists(earlier),
        pk__in=versions.values("pk")[:LOOKED_THROUGH],
        event__in=published.upcoming(at).order_by().values("pk"),
        at__range=(_news_begin(at), at),
    )
    # Some of them will have changed in nothing of weight.
    return list(dict.fromkeys(recent.values_list("event", flat=True)[: 4 * SHOWN_CHANGES]))


def _news_begin(at: dt.datetime) -> dt.datetime:
    """At a midnight, so that the page tells the same all day (`events.freshness.seed`)."""
    return timezone.make_aware(dt.datetime.combine(timezone.localdate(at), dt.time())) - NEWS


def _told(keys: Sequence[int], at: dt.datetime) -> list[ChangedEvent]:
    """The gravest of the latest changes of weight of each event, the latest first."""
    begin = _news_begin(at)
    told = _changes.many(keys, get_language() or "").values()
    news = [next((one for one in known if begin <= one.at <= at), None) for known in told]
    return sorted(filter(None, news), key=lambda one: one.at, reverse=True)[:SHOWN_CHANGES]


def _weighty(event: Event, changes: Iterable[Change]) -> list[ChangedEvent]:
    """Those that readers must know, the latest first, of one moment the gravest. What is put right on the
    first day is no news."""
    first = timezone.localdate(event.published_at or event.created_at)
    foreign = event.title_language if event.title_language != get_language() else ""
    return [
        ChangedEvent(event.slug, event.display_title, foreign, one.text, one.at)
        for one in changes
        if one.at and timezone.localdate(one.at) > first and one.kind in SUBSTANTIAL
    ]


def _find_changes(keys: Collection[int]) -> dict[int, tuple[Version, list[ChangedEvent]]]:
    """At most 11 queries. Versions are read first: no change is kept for a later one than it is of."""
    known = card_rows.versions(keys)
    events = Event.objects.for_listing().in_bulk(known)
    changes = changes_of_many(events.values())
    return {key: (known[key], _weighty(event, changes[key])) for key, event in events.items()}


_changes: KeptByRow[list[ChangedEvent]] = KeptByRow(card_rows.versions, _find_changes, most=200)
