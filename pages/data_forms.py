"""The forms in which the data can be had: for the page on open data and for the record of the catalogue."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.outputs import atom, cpev, dcat

API, API_DESCRIPTION = "/api/v1/", "/api/v1/openapi.json"
# A filter to show that each form takes it.
EXAMPLE = "when=all&state=DE-NW"


class Kind(NamedTuple):
    """A form of lists: its route, what else its address needs, how the EU's list of file types calls it."""

    name: str
    title: Any
    purpose: Any
    route: str
    media_type: str
    file_type: str
    standard: str
    query: str = ""


KINDS = (
    Kind(
        "cpev",
        _("Linked data (JSON-LD)"),
        _("For authorities and data portals: the Core Public Event Vocabulary of the European Union."),
        "events:list-jsonld",
        cpev.MEDIA_TYPE,
        "JSON_LD",
        cpev.PROFILE,
    ),
    Kind(
        "schema",
        _("Linked data using schema.org (JSON-LD)"),
        _("For search engines and websites."),
        "events:list-jsonld",
        cpev.MEDIA_TYPE,
        "JSON_LD",
        "https://schema.org/",
        "profile=schema.org",
    ),
    Kind(
        "calendar",
        _("Calendar (iCalendar)"),
        _(
            "For subscribing in Outlook, Google Calendar, Apple Calendar and others;"
            " changes arrive by themselves."
        ),
        "events:list-ics",
        "text/calendar",
        "ICS",
        "https://www.rfc-editor.org/rfc/rfc5545",
    ),
    Kind(
        "table",
        _("Table (CSV)"),
        _("For spreadsheets and statistics: one row for each event, columns that keep their names."),
        "events:list-csv",
        "text/csv",
        "CSV",
        "https://www.rfc-editor.org/rfc/rfc4180",
    ),
    Kind(
        "json",
        _("Data (JSON Feed)"),
        _("For feed readers and small programs."),
        "events:list-json",
        "application/json",
        "JSON",
        "https://www.jsonfeed.org/version/1.1/",
    ),
    Kind(
        "atom",
        _("Feed of changes (Atom)"),
        _("For feed readers: what is new and what has changed comes first."),
        "events:list-atom",
        atom.MEDIA_TYPE,
        "ATOM",
        "https://www.rfc-editor.org/rfc/rfc4287",
    ),
)


def examples() -> list[dict[str, Any]]:
    """[{title, purpose, path}] of each form with the same filter."""
    return [
        {"title": kind.title, "purpose": kind.purpose, "path": _path(kind, f"{EXAMPLE}&{kind.query}")}
        for kind in KINDS
    ]


def distributions(site_url: str) -> list[dcat.Form]:
    """Each form of all events, the linked data with all other entries too, and the API."""
    found = [dcat.Form(address=site_url + _whole(kind), **_facts(kind)) for kind in KINDS]
    api = dcat.Form(
        name="api",
        title=_("Programming interface (API)"),
        address=site_url + API,
        media_type="application/json",
        file_type="JSON",
        service=site_url + API_DESCRIPTION,
    )
    return [*found, api]


def _whole(kind: Kind) -> str:
    return reverse("pages:catalogue") if kind.name == "cpev" else _path(kind, f"when=all&{kind.query}")


def _path(kind: Kind, query: str) -> str:
    return f"{reverse(kind.route)}?{query.rstrip('&')}"


def _facts(kind: Kind) -> dict[str, Any]:
    return {
        "name": kind.name,
        "title": kind.title,
        "media_type": kind.media_type,
        "file_type": kind.file_type,
        "standard": kind.standard,
    }
