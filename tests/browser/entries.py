"""The directory that the browser sees: the cast, the samples of NOW's week, and a topic with two pages."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import override

from catalogue import samples
from events.models import Event
from tests import factories as make
from tests.cast import Cast, make_cast
from tests.factories import TODAY

EDITOR = ("redaktion", "ein langes Kennwort")
# More than one page of the list shows.
COURSE_DAYS = 30
# Slugs of samples with something special.
SERIES_DAY = "beispiel-musterstadt-digitaltage-3"
CANCELLED = "beispiel-digitale-bauakte"
LONG_WORD = "beispiel-langes-wort"
ROAD_SHOW = "beispiel-werkstatt-unterwegs"
# The page that comes when this form is sent without a word.
SENT_EMPTY = "barrier form, sent empty"


@dataclass(frozen=True)
class Entries:
    cast: Cast

    def pages(self) -> dict[str, str]:
        """{name: path} of one page of every type, German. Names that are numbers tell the status."""
        with override("de"):
            return _general() | _of_events(self.cast) | _of_nouns(self.cast)

    def english_pages(self) -> dict[str, str]:
        with override("en"):
            paths = {
                "home": reverse("home"),
                "list": reverse("events:list") + "?topic=cloud&mode=online",
                "map": reverse("events:map") + "?when=all&state=DE-BE",
                "event": reverse("events:detail", args=[SERIES_DAY]),
            }
        return {f"{name}, English": path for name, path in paths.items()}


def make_entries() -> Entries:
    cast = make_cast()
    for number in range(COURSE_DAYS):
        make.EventFactory(
            slug=f"kurs-{number + 1}",
            title=f"OZG-Kurs, {number + 1}. Tag",
            starts_on=TODAY + dt.timedelta(days=14 + number),
            topics=[cast.ozg],
            venues=[cast.essen_hall],
            organisers=[cast.association],
        )
    samples.load(TODAY)
    User.objects.create_superuser(EDITOR[0], password=EDITOR[1])
    return Entries(cast)


def _general() -> dict[str, str]:
    events = reverse("events:list")
    return {
        "home": reverse("home"),
        "list": events,
        "list with filters": f"{events}?topic=ozg&topic=cloud&mode=online&mode=hybrid&when=all&q=o",
        "list, nothing found": f"{events}?q=gibtesnicht&topic=ozg",
        "list, something not understood": f"{events}?from=gestern&page=99",
        "map": f"{reverse('events:map')}?when=all",
        "map of a Land": f"{reverse('events:map')}?when=all&state=DE-NW",
        "map around a town": f"{reverse('events:map')}?when=all&near=Essen&radius=100",
        "map, nothing found": f"{reverse('events:map')}?q=gibtesnicht",
        "month": reverse("events:month", args=[2027, 3]),
        "month with filters": reverse("events:month", args=[2027, 3]) + "?state=DE-NW&when=upcoming",
        "month, nothing found": reverse("events:month", args=[2031, 5]),
        "year": reverse("events:year", args=[TODAY.year]),
        "year in lanes of states": reverse("events:year", args=[TODAY.year]) + "?lanes=state&free=1",
        "year, nothing found": reverse("events:year", args=[1950]),
        "search": reverse("search:search") + "?q=onlinezugangsgesetz+2027",
        "search, nothing found": reverse("search:search") + "?q=Digtaler+Gibtesnichtkongress",
        "embed builder": f"{reverse('sharing:builder')}?topic=ozg&limit=3&layout=cards",
        "embedded list": f"{reverse('sharing:embed-list')}?when=all&limit=50",
        "embedded list, compact and dark": f"{reverse('sharing:embed-list')}?layout=compact&theme=dark",
        "embedded list, nothing found": f"{reverse('sharing:embed-list')}?q=gibtesnicht",
        "date check": reverse("events:clash"),
        "date check, answered": f"{reverse('events:clash')}?from=2027-03-23&topic=ozg&near=Essen",
        "date check, not understood": f"{reverse('events:clash')}?from=gestern&near=Xyzzy&topic=nix",
        "imprint": reverse("pages:imprint"),
        "privacy": reverse("pages:privacy"),
        "accessibility": reverse("pages:accessibility"),
        "barrier form": reverse("feedback:barrier"),
        SENT_EMPTY: reverse("feedback:barrier"),
        "barrier thanks": reverse("feedback:barrier-thanks"),
        "404": "/gibt-es-nicht/",
    }


def _of_events(cast: Cast) -> dict[str, str]:
    slugs = {
        "event, past with everything": cast.congress.slug,
        "event, online": cast.online_talk.slug,
        "event, sample in a series": SERIES_DAY,
        "event, cancelled": CANCELLED,
        "event, long word": LONG_WORD,
        "event, several places": ROAD_SHOW,
        "410": cast.withdrawn.slug,
    }
    paths = {name: reverse("events:detail", args=[slug]) for name, slug in slugs.items()}
    return paths | {
        "error form": reverse("feedback:error", args=[cast.congress.slug]),
        "embedded event": reverse("sharing:embed-event", args=[LONG_WORD]),
    }


def _of_nouns(cast: Cast) -> dict[str, str]:
    sample = Event.objects.get(slug=SERIES_DAY)
    return {
        "series index": reverse("events:series-list"),
        "series": reverse("events:series", args=[sample.series.slug]),
        "organisation index": reverse("organisations:list"),
        "organisation": reverse("organisations:detail", args=[cast.association.slug]),
        "person index": reverse("speakers:list"),
        "person": reverse("speakers:detail", args=[cast.keynote_speaker.slug]),
        "topic index": reverse("events:topic-list"),
        "topic": reverse("events:topic", args=[cast.ozg.slug]),
        "venue index": reverse("events:venue-list"),
        "venue": reverse("events:venue", args=[cast.essen_hall.slug]),
    }
