"""What the gallery shows: each component by its file's name, with its states."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Paginator
from django.utils.safestring import SafeString

from events.drawing.charts import Stack, columns
from events.found import Found
from events.looking_back import Figure
from events.looks import Look
from events.models import Event
from events.pictures import Shown
from events.selection import Chip
from events.templatetags.date_badge import date_badge
from events.understood import ReadingChip, Understood
from events.workflow import Stage
from gallery import examples
from lib.browse import Index
from lib.paging import page_links

LIST = '<ul class="lines">{}</ul>'
LINES = '<ul class="lines"><li>{}</li></ul>'
NAVIGATION = '<nav class="site-nav" aria-label="Muster"><ul>{}</ul></nav>'
HERE = "/galerie/"


@dataclass(frozen=True)
class Specimen:
    """One state of a component. `inside` is the HTML around it, with {} for the component itself."""

    state: str
    context: dict[str, Any] = field(default_factory=dict)
    inside: str = "{}"


def pages(total: int, current: int) -> dict[str, Any]:
    return page_links(Paginator(range(total), 1).page(current), lambda number: f"?page={number}")


def index(*, q: str = "", problem: str = "") -> dict[str, Any]:
    letters = [
        {"letter": one, "url": f"?letter={one}", "is_current": one == "B"} for one in "ABCDEFGHIKLMNOPRSTUVWZ"
    ]
    found = Index(Paginator([], 1).page(1), pages(1, 1), letters, q, problem, HERE)
    return {"index": found, "label": "Im Verzeichnis suchen"}


def portion(*events: Event, total: int = 0) -> dict[str, Any]:
    number = max(total, len(events))
    return {"events": events, "total": number, "url": HERE, "is_all": number == len(events)}


def cards(**states: Event) -> list[Specimen]:
    names = {name: name.replace("_", " ") for name in states}
    return [
        Specimen(names[name], {"event": event}, '<ol class="event-list"><li>{}</li></ol>')
        for name, event in states.items()
    ]


def chart(stacks: list[Stack], kinds: list[str]) -> dict[str, Any]:
    drawn: Any = columns(stacks)
    return {"figure": Figure(drawn, "Am meisten waren es 2026.", kinds), "title": "Entwicklung"}


ATTENDEES = [(2023, 480), (2024, None), (2025, 950), (2026, 1200)]
INVOLVED = [Stack("2025", (3, 1, 0)), Stack("2026", (2, 4, 1))]
TABLE = {"rows": [("2025", 4, HERE), ("2026", 7, HERE)], "heading": "Jahr", "number_heading": "Anzahl"}
CHIP = Chip("Thema", "Künstliche Intelligenz", HERE)
LONG_CHIP = Chip("Organisation", f"Amt für {examples.LONG_WORD}", HERE)
LOOKS = [
    Look("list", "list", "Liste", HERE, True),
    Look("month", "calendar", "Monat", HERE, False),
    Look("year", "timeline", "Jahr", HERE, False),
    Look("map", "map", "Karte", HERE, False),
]
TABS = [
    {"label": "Kommende", "url": HERE, "is_current": True, "count": 63},
    {"label": "Vergangene", "url": HERE, "is_current": False, "count": 293},
    {"label": "Alle", "url": HERE, "is_current": False},
]
FOUND = Found("Thema", SafeString("<mark>Künstliche</mark> Intelligenz"))
READ = ReadingChip("nächste Woche", "Zeitraum: 16.–22. März 2027", HERE, HERE)
SUGGESTIONS = [{"label": "Ohne „Thema: Cloud“ (12)", "url": HERE}, {"label": "Vergangene (7)", "url": HERE}]
LOGO = "/static/img/favicon.svg"
ALTERNATES = [
    {"code": "de", "name": "Deutsch", "url": HERE, "path": HERE, "is_current": True},
    {"code": "en", "name": "English", "url": HERE, "path": HERE, "is_current": False},
]


def understood(**values: Any) -> dict[str, Any]:
    plain = Understood([], "", is_corrected=False, correction_url=HERE, literal_url=HERE, left_out="")
    return {"q": "Digtal", "understood": replace(plain, **values)}


def counted(name: str, number: int) -> dict[str, Any]:
    return {"slug": "thema", "name": name, "event_count": number}


SPECIMENS: dict[str, list[Specimen]] = {
    "breadcrumb": [
        Specimen("first level", {"current": "Veranstaltungen"}),
        Specimen(
            "long words",
            {"current": examples.LONG.title, "parent_url": HERE, "parent_label": "Veranstaltungen"},
        ),
    ],
    "chart": [
        Specimen(
            "numbers, one unknown", chart([Stack(str(year), (number,)) for year, number in ATTENDEES], [])
        ),
        Specimen("kinds, with a table", chart(INVOLVED, ["Veranstalter", "Partner", "Aussteller"]) | TABLE),
    ],
    "chart_patterns": [Specimen("stands inside a chart and shows nothing", inside="<svg>{}</svg>")],
    "chips": [
        Specimen("one", {"chips": [CHIP], "reset_url": HERE}),
        Specimen("several, long words", {"chips": [CHIP, LONG_CHIP], "reset_url": HERE}),
        Specimen("none: nothing is shown"),
    ],
    "date_badge": [
        Specimen(name, date_badge(event), '<div class="gallery__badge">{}</div>')
        for name, event in {
            "one day": examples.PLAIN,
            "several days": examples.SEVERAL_DAYS,
            "two years": examples.TURN_OF_YEAR,
            "a month": examples.MONTH_ONLY,
            "a quarter": examples.QUARTER_ONLY,
            "no longer valid": examples.CANCELLED,
        }.items()
    ],
    "empty": [
        Specimen("title alone", {"title": "Keine Veranstaltung passt zu allen Filtern"}),
        Specimen(
            "with ways on", {"title": "Nichts gefunden", "text": "Es gibt:", "suggestions": SUGGESTIONS}
        ),
    ],
    "event_card": cards(
        plain=examples.PLAIN,
        several_places_and_free=examples.SEVERAL_DAYS,
        cancelled=examples.CANCELLED,
        postponed_and_sold_out=examples.POSTPONED,
        sample=examples.SAMPLE,
        in_English=examples.ENGLISH,
        long_words=examples.LONG,
        nothing_but_title_and_day=examples.BARE,
    ),
    "event_count": [Specimen("one", {"count": 1}), Specimen("several", {"count": 23, "after": True})],
    "event_line": [
        Specimen("plain", {"event": examples.PLAIN}, LIST),
        Specimen("cancelled", {"event": examples.CANCELLED}, LIST),
        Specimen("long words", {"event": examples.LONG}, LIST),
    ],
    "event_list": [Specimen("two", {"events": [examples.PLAIN, examples.MONTH_ONLY]})],
    "event_sections": [
        Specimen(
            "more coming than shown, and past ones",
            {"events": {"upcoming": portion(examples.PLAIN, total=240), "past": portion(examples.BARE)}},
        ),
        Specimen("nothing coming", {"events": {"upcoming": portion(), "past": portion()}}),
    ],
    "expected": [Specimen("one", {"expected": examples.EXPECTED})],
    "field": [
        Specimen("may stay empty", {"field": examples.FORM["name"]}),
        Specimen("with help", {"field": examples.FORM["town"]}),
        Specimen("not valid", {"field": examples.FORM["message"]}),
        Specimen("to choose from", {"field": examples.FORM["state"]}),
    ],
    "found": [Specimen("hit in a topic", {"found": [FOUND]})],
    "globe": [Specimen("wide windows only", inside='<div class="gallery__globe">{}</div>')],
    "icon": [
        Specimen(name, {"name": name})
        for name in (
            "search",
            "filter",
            "calendar",
            "place",
            "online",
            "people",
            "language",
            "feed",
            "menu",
            "close",
            "list",
            "timeline",
            "map",
            "info",
            "success",
            "warning",
            "danger",
            "sample",
        )
    ],
    "index_empty": [Specimen("nothing found", index(q="Gibtesnicht"))],
    "index_tools": [
        Specimen("plain", index()),
        Specimen("with a problem", index(q="a", problem="Seite 99 gibt es nicht.")),
    ],
    "language_switch": [Specimen("the other language", {"alternates": ALTERNATES})],
    "linked_head": [Specimen("stands in the head and shows nothing", {"url": HERE, "json_ld": "{}"})],
    "mark": [Specimen("plain")],
    "favicon": [Specimen("stands in the head and shows nothing")],
    "logo": [
        Specimen("none: the mark"),
        Specimen("the operator's", {"site": {"look": {"logo": LOGO}, "logo_alt": "Wappen"}}),
    ],
    "nav_link": [
        Specimen("another page", {"url": "/reihen/", "label": "Reihen"}, NAVIGATION),
        Specimen("this page", {"url": HERE, "label": "Galerie"}, NAVIGATION),
    ],
    "notice": [
        Specimen(kind, {"kind": kind, "title": "Worum es geht", "text": f"Auch {examples.LONG_WORD}."})
        for kind in ("info", "success", "warning", "danger", "sample")
    ],
    "organisation_line": [Specimen("called otherwise then", {"participation": examples.ROLE}, LINES)],
    "pagination": [
        Specimen("first", {"links": pages(3, 1)}),
        Specimen("in between", {"links": pages(40, 20)}),
        Specimen("one page: nothing is shown", {"links": pages(1, 1)}),
    ],
    "person_line": [Specimen("with office", {"appearance": examples.OFFICE}, LINES)],
    "preview_banner": [
        Specimen(stage.value, {"stage": stage, "event": examples.LATER, "edit_url": HERE})
        for stage in Stage
        if stage != Stage.PUBLISHED
    ],
    "picture": [
        Specimen(
            "with credit",
            {"picture": Shown("/static/img/favicon.svg", "Zeichen", "Alex", "CC BY 4.0", 64, 64)},
        )
    ],
    "sample_notice": [Specimen("plain")],
    "section_head": [
        Specimen("title alone", {"title": "Demnächst"}),
        Specimen(
            "count and link",
            {"title": "Frühere Ausgaben", "count": 12, "url": HERE, "link": "Alle in der Liste"},
        ),
    ],
    "site_footer": [Specimen("plain")],
    "site_header": [Specimen("plain")],
    "status_labels": [
        Specimen(name, {"event": event, "with_free": True})
        for name, event in {
            "cancelled": examples.CANCELLED,
            "postponed, sold out": examples.POSTPONED,
            "sample, free": examples.SAMPLE,
        }.items()
    ],
    "tabs": [Specimen("three", {"label": "Zeitraum", "links": TABS})],
    "topic_grid": [
        Specimen("long words", {"topics": [counted(examples.LONG_WORD, 7), counted("Cloud", 1200)]})
    ],
    "understood": [
        Specimen("corrected", understood(correction="Digital", is_corrected=True)),
        Specimen("asked back", understood(correction="Digital")),
        Specimen("read as days", understood(chips=[READ])),
        Specimen("too many words", understood(left_out="und so weiter")),
    ],
    "view_switch": [Specimen("list", {"looks": LOOKS})],
}
