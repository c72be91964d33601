"""Reads every form of an event as its own kind of program would, into one shape that can be compared.

`start` and `end` are dates (the end is the last day), instants in UTC, vague dates as text ("2027-05"), or
None. `status` is the directory's word, or None where the form cannot tell it apart from others.
"""

import csv
import datetime as dt
import html.parser
import io
import json
import re
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import feedparser
import icalendar

from tests.events.outputs.validators import read_xml

LABELS = re.compile(
    r"^(\[(Beispiel|Sample)\] )?((Abgesagt|Verschoben|Neuer Termin|Jetzt online|Ausgebucht"
    r"|Cancelled|Postponed|Rescheduled|Now online|Sold out): )?"
)
SCHEMA = {
    "EventScheduled": "scheduled",
    "EventRescheduled": "rescheduled",
    "EventPostponed": "postponed",
    "EventMovedOnline": "moved_online",
    "EventCancelled": "cancelled",
    "NORMAL": "scheduled",
}
NAMESPACE = {"atom": "http://www.w3.org/2005/Atom"}


@dataclass(frozen=True)
class Told:
    title: str
    start: Any
    end: Any
    status: str | None


def moment(text):
    """A date, an instant in UTC, a vague date as it stands, or None."""
    if not text:
        return None
    if "T" in text:
        return dt.datetime.fromisoformat(text).astimezone(dt.UTC)
    return dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text


def bare(title):
    """The title without the label before it."""
    return LABELS.sub("", title, count=1)


# -- one reader for each form -----------------------------------------------------------------------


def from_item(item):
    """An item of a JSON Feed; its own title and the extension's agree but for the label."""
    told = item["_kongressatlas"]
    assert bare(item["title"]) == bare(told["title"])
    return Told(bare(told["title"]), moment(told.get("start")), moment(told.get("end")), told["status"])


def from_api(record):
    return Told(
        bare(record["title"]), moment(record.get("start")), moment(record.get("end")), record["status"]
    )


def from_csv(content, delimiter=","):
    """{slug: Told} as a spreadsheet reads it: the apostrophe before a formula is no part of it."""
    rows = csv.DictReader(
        io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter, strict=True
    )
    return {row["url"].rstrip("/").rsplit("/", 1)[-1]: _row(row) for row in rows}


def _row(row):
    title = row["title"][1:] if re.match("'[=+@＝＋－＠-]", row["title"]) else row["title"]
    return Told(bare(title), moment(row["start"]), moment(row["end"]), row["status"])


def from_calendar(content):
    """{UID: Told}; the exclusive end of whole days becomes the last day."""
    found = {}
    for event in icalendar.Calendar.from_ical(content).walk("VEVENT"):
        start, end = event.decoded("dtstart"), event.decoded("dtend", None)
        if not isinstance(start, dt.datetime):
            end = end - dt.timedelta(days=1)
        status = {"TENTATIVE": "postponed", "CANCELLED": "cancelled"}.get(str(event["status"]))
        found[str(event["uid"])] = Told(bare(str(event["summary"])), _utc(start), _utc(end), status)
    return found


def _utc(value):
    """Through the zone's own name, so that it does not depend on what the calendar says of the zone."""
    if not isinstance(value, dt.datetime):
        return value
    return value.replace(tzinfo=ZoneInfo(str(value.tzinfo))).astimezone(dt.UTC)


def from_schema(node):
    start = node["startDate"]
    start = start["@value"] if isinstance(start, dict) else start
    status = SCHEMA[node["eventStatus"].rsplit("/", 1)[1]]
    return Told(bare(node["name"]), moment(start), moment(node.get("endDate")), status)


def from_cpev(node):
    titles = {title["@language"]: title["@value"] for title in _many(node["title"])}
    sides = [node["hasTime"].get(f"time:{side}", {}) for side in ("hasBeginning", "hasEnd")]
    start, end = (
        next((moment(value["@value"]) for key, value in side.items() if key.startswith("time:")), None)
        for side in sides
    )
    return Told(bare(titles["de"]), start, end, SCHEMA[node["eventStatus"]["@id"].rsplit("/", 1)[1]])


def from_atom(content):
    """{URN: (title, summary)} as feedparser and a strict XML parser both read it."""
    root = read_xml(content)
    strict = {
        entry.findtext("atom:id", "", NAMESPACE): (
            bare(entry.findtext("atom:title", "", NAMESPACE)),
            entry.findtext("atom:summary", "", NAMESPACE),
        )
        for entry in root.findall("atom:entry", NAMESPACE)
    }
    lenient = feedparser.parse(io.BytesIO(content))
    assert not lenient.bozo, lenient.get("bozo_exception")
    assert [entry.id for entry in lenient.entries] == list(strict)
    return strict


class Page(html.parser.HTMLParser):
    """The heading of a page, the times in its large line of when and where, and its linked data."""

    def __init__(self, content):
        super().__init__()
        self.heading, self.times, self.scripts = "", [], []
        self._inside = set()
        self.feed(content.decode())

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        if tag == "h1" or known.get("class") == "whenwhere":
            self._inside.add(tag)
        if tag == "time" and "dl" in self._inside:
            self.times.append(moment(known["datetime"]))
        if known.get("type") == "application/ld+json" and tag == "script":
            self._inside.add(tag)
            self.scripts.append("")

    def handle_endtag(self, tag):
        self._inside.discard(tag)

    def handle_data(self, text):
        if "script" in self._inside:
            self.scripts[-1] += text
        elif "h1" in self._inside:
            self.heading += text

    @property
    def statement(self):
        (script,) = self.scripts
        return json.loads(script)


def _many(value):
    return value if isinstance(value, list) else [value]
