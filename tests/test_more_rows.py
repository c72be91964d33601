"""No page, output or list asks more questions for three times the rows; all addresses are walked."""

import datetime as dt
import re
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.around import RELATED
from journal.kept import forget_everything
from tests import factories as make
from tests.factories import NOW
from tests.test_urls import ADMIN, PUBLIC, answers

pytestmark = pytest.mark.django_db

# Answers that may ask more, each with its reason.
MAY_GROW = {}


def grow(cast, count):
    """So many more of everything that an entry may have, and of everything that has such an entry."""
    today = NOW.date()
    for number in range(RELATED):
        # Enough that is related: otherwise the search for more goes on, in portions that grow.
        make.EventFactory(topics=[cast.cloud], starts_on=today + dt.timedelta(days=1 + number))
    for number in range(count):
        organisation, speaker = make.OrganisationFactory(), make.SpeakerFactory()
        topic, venue = make.TopicFactory(parent=cast.cloud), make.VenueFactory()
        event = make.EventFactory(
            series=cast.series,
            edition=100 + number,
            parent=cast.congress,
            starts_on=today + dt.timedelta(days=20 + number),
            registration_deadline=today + dt.timedelta(days=10),
            topics=[cast.cloud, topic],
            venues=[cast.berlin_hall],
            organisers=[cast.association, organisation],
        )
        _fill(event, cast.keynote_speaker, cast.association)
        _fill(cast.congress, speaker, organisation)
        make.EventTopicFactory(event=cast.congress, topic=topic)
        make.EventVenueFactory(event=cast.congress, venue=venue)
        make.ParticipationFactory(event=cast.congress, organisation=organisation, role="partner")
        make.SeriesOrganiserFactory(series=cast.series, organisation=organisation)
        make.SeriesFactory(predecessor=cast.series)
        make.OrganisationFactory(parent=cast.association)


def _fill(event, speaker, organisation):
    session = make.SessionFactory(event=event, date=event.starts_on, start_time=dt.time(9))
    make.AppearanceFactory(event=event, speaker=speaker, organisation=organisation, session=session)
    make.AwardFactory(event=event, organisation=organisation)
    for factory in (make.PreviousDateFactory, make.SourceFactory):
        factory(event=event)


def counts(client, cast, asked):
    """{name of an address: how often each question is asked, whatever it is about}"""
    told = {}
    for address in asked:
        forget_everything()
        with CaptureQueriesContext(connection) as queries:
            ((name, response),) = answers(client, cast, "de", [address])
            if response.streaming:
                b"".join(response.streaming_content)
        told[name] = Counter(re.sub(r"\d+|'[^']*'", "…", query["sql"]) for query in queries.captured_queries)
    return told


def grown(client, cast, asked):
    """Addresses that ask more at three times the rows: {name: what is asked more often}"""
    grow(cast, 2)
    for _time in range(2):  # the first time fills what is prepared once for a process
        few = counts(client, cast, asked)
    grow(cast, 4)
    many = counts(client, cast, asked)
    return {
        name: [sql[:2_000] for sql in many[name] - few[name]]
        for name in few
        if many[name].total() > few[name].total() and name not in MAY_GROW
    }


def test_no_public_address_asks_more_for_more_rows(client, cast):
    assert grown(client, cast, PUBLIC) == {}


def test_no_list_or_form_of_the_admin_asks_more_for_more_rows(admin_client, cast):
    lists = [one for one in ADMIN if one[0].endswith(("_changelist", "event_change", "series_change"))]
    assert grown(admin_client, cast, lists) == {}
