"""One truth at every address: what pages, outputs and the API tell of any event is what its facts say.

Each example is an event as odd as the database lets it be; afterwards it is gone.
"""

import json
from functools import cached_property

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.outputs import plain
from tests.events.outputs import readers, strategies
from tests.events.outputs.readers import Told
from tests.events.outputs.test_one_truth import whole_year
from tests.factories import EventFactory, VenueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
ALL = "when=all"


class Visitor:
    """Somebody who asks for an event in every form, in one language."""

    def __init__(self, client, event, language):
        self.client, self.event, self.language = client, event, language
        self.lists = {"de": "/veranstaltungen", "en": "/en/events"}[language]
        self.own = f"{self.lists}/{event.slug}"

    def content(self, path):
        response = self.client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        return response.getvalue()

    def data(self, path):
        return json.loads(self.content(path))

    def only(self, ending, part):
        """The one entry that the list of all events holds in that form."""
        (entry,) = self.data(f"{self.lists}.{ending}")[part]
        return entry

    def records(self):
        """{form: what it tells} of the forms that can tell all."""
        slug, api = self.event.slug, "/api/v1/events"
        semicolon = ";" if self.language == "de" else ","
        return {
            "json": readers.from_item(self.data(f"{self.own}.json")),
            "list.json": readers.from_item(self.only(f"json?{ALL}", "items")),
            "csv": readers.from_csv(self.content(f"{self.lists}.csv?{ALL}"))[slug],
            "excel": readers.from_csv(self.content(f"{self.lists}.csv?{ALL}&bom=1"), semicolon)[slug],
            "api": readers.from_api(self.data(f"{api}/{self.event.uid}?lang={self.language}")),
            "list of api": readers.from_api(self.data(f"{api}?{ALL}&lang={self.language}")["items"][0]),
        }

    def in_cpev(self):
        return [
            readers.from_cpev(self.data(f"{self.own}.jsonld")),
            readers.from_cpev(self.only(f"jsonld?{ALL}", "@graph")),
        ]

    def in_schema(self):
        nodes = [
            self.page.statement,
            self.data(f"{self.own}.jsonld?profile=schema.org"),
            self.only(f"jsonld?{ALL}&profile=schema.org", "@graph"),
        ]
        return [readers.from_schema(node) for node in nodes]

    @cached_property
    def page(self):
        return readers.Page(self.content(f"{self.own}/"))

    def in_calendars(self):
        """Of its own calendar, and of the list's, which leaves out what has no day."""
        found = [readers.from_calendar(self.content(f"{self.own}.ics"))]
        listed = readers.from_calendar(self.content(f"{self.lists}.ics?{ALL}"))
        assert bool(listed) is self.event.has_day
        return [told[str(self.event.uid)] for told in [*found, *([listed] if listed else [])]]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(strategies.facts(), st.sampled_from(["de", "en"]), st.booleans())
def test_every_form_tells_the_facts(client, facts, language, has_venue):
    with transaction.atomic():
        event = EventFactory(slug="irgendeine", venues=[VenueFactory()] if has_venue else [], **facts)
        event.refresh_from_db()
        hold_against(Visitor(client, event, language), facts)
        transaction.set_rollback(True)


def hold_against(visitor, facts):
    wanted = Told(*strategies.expected(facts))
    records = visitor.records()
    assert records == dict.fromkeys(records, wanted)
    start, end = strategies.scheduled(facts)
    by_year = Told(wanted.title, whole_year(wanted.start), whole_year(wanted.end), wanted.status)
    assert visitor.in_cpev() == [by_year] * 2
    is_exact = facts["date_precision"] == "day"
    assert (
        visitor.in_schema()
        == [Told(wanted.title, whole_year(start), end if is_exact else None, wanted.status)] * 3
    )
    hold_pages_against(visitor, wanted, start, end if is_exact else None)
    if is_exact:
        status = wanted.status if wanted.status in ("postponed", "cancelled") else None
        told = visitor.in_calendars()
        assert told == [Told(wanted.title, start, end, status)] * len(told)


def hold_pages_against(visitor, wanted, start, end):
    """The page, the list, the feed of changes and the frame for other sites; the sitemap knows the change."""
    page = visitor.page
    assert plain.line(page.heading) == wanted.title
    assert page.times == ([whole_year(start)] if end in (None, start) else [start, end])
    ((title, _summary),) = readers.from_atom(visitor.content(f"{visitor.lists}.atom?{ALL}")).values()
    assert title == wanted.title
    frames = {"de": "/einbetten/veranstaltungen/", "en": "/en/embed/events/"}[visitor.language]
    for path in (f"{visitor.lists}/?{ALL}", f"{frames}?{ALL}"):
        assert visitor.own in visitor.content(path).decode()
    if not visitor.event.is_sample:
        assert (
            f"{visitor.event.modified_at:%Y-%m-%dT%H:%M:%S}"
            in visitor.content("/sitemap-event-1.xml").decode()
        )
