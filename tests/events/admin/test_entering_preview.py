"""How an event will look, from a form that nobody has saved."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event
from tests import factories as make
from tests.accounts.cast import make_people
from tests.editing import as_sent, row
from tests.events.admin.entries import LIST, change

PREVIEW = "/admin/events/event/preview/"
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)", re.I)


def words(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def typed(**changes):
    return as_sent(f"{LIST}add/") | {
        "title": "Neue Tagung", "starts_on": "2027-05-04", "ends_on": "2027-05-05",
    } | changes  # fmt: skip


@pytest.mark.django_db
def test_it_shows_what_is_typed_and_writes_nothing(now, admin_client):
    hall = make.VenueFactory(name="Kubus", city="Essen")
    host = make.OrganisationFactory(name="Verband")
    topic = make.TopicFactory(name_de="Cloud")
    rows = row("venue_links", 0, venue=hall.pk, use="venue", position="")
    rows |= row("participations", 0, organisation=host.pk, role="organiser", position="")
    rows |= row("topic_links", 0, topic=topic.pk, position="")
    data = typed(
        subtitle="Mit Untertitel", **{name.replace("__", "-"): value for name, value in rows.items()}
    )
    with CaptureQueriesContext(
        connection,
    ) as done:
        said = words(admin_client.post(PREVIEW, data))
    for part in ["Neue Tagung", "4. – 5. Mai 2027", "Essen", "Verband", "Cloud", "Mit Untertitel"]:
        assert part in said, part
    assert [query["sql"] for query in done if WRITES.match(query["sql"])] == []
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_an_entry_is_shown_as_it_would_be_and_stays_as_it_is(now, cast, admin_client):
    data = as_sent(change(cast.congress)) | {"title": "Anders", "pasted_dates": "November 2027"}
    said = words(admin_client.post(f"{PREVIEW}?event={cast.congress.pk}", data))
    assert "Anders" in said
    assert "November 2027" in said
    assert "Kubus" in said
    assert Event.objects.get(pk=cast.congress.pk).title == "Smart-Country-Tage 2026"


@pytest.mark.django_db
def test_it_speaks_the_language_asked_for(now, admin_client):
    data = typed(title_en="New Congress")
    assert "New Congress" in words(admin_client.post(PREVIEW, data | {"_language": "en"}))
    assert "4. – 5. Mai 2027" in words(admin_client.post(PREVIEW, data | {"_language": "de"}))
    assert admin_client.post(PREVIEW, data | {"_language": "xx"}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(("changes", "part"), [
    ({"title": ""}, "Die Vorschau braucht einen Titel und einen Termin. Es fehlt noch: Titel:"),
    ({"starts_on": "", "ends_on": ""}, "Es fehlt noch: Erster Tag:"),
    ({"ends_on": "2027-05-01"}, "Der letzte Tag liegt vor dem ersten."),
    ({"timezone": "Mond/Meer"}, "Noch nicht vollständig: Zeitzone:"),
    ({"mode": "online"}, "Noch nicht vollständig:"),
    ({"venue_links-TOTAL_FORMS": "x"}, "Neue Tagung"),
])  # fmt: skip
def test_what_is_not_complete_is_said_calmly(changes, part, now, admin_client):
    response = admin_client.post(PREVIEW, typed() | changes)
    assert response.status_code == 200
    assert part in words(response)


@pytest.mark.django_db
def test_what_is_typed_is_escaped(now, admin_client):
    answer = admin_client.post(PREVIEW, typed(title="<b>Fett</b>", subtitle="<i>x</i>")).content.decode()
    assert "<b>Fett" not in answer
    assert "&lt;b&gt;Fett" in answer


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "queries"), [(1, 104), (3, 134)])
def test_it_costs_what_checking_the_form_costs(number, queries, now, admin_client, django_assert_num_queries):
    # Nearly all of it is Django that has each constraint checked by the database, as before a save: 31 of
    # them here, each with a savepoint around it. A row is looked up, checked and compared.
    data = typed()
    for place in range(number):
        rows = row("venue_links", place, venue=make.VenueFactory().pk, use="venue", position="")
        rows |= row("topic_links", place, topic=make.TopicFactory().pk, position="")
        rows |= row(
            "participations", place, organisation=make.OrganisationFactory().pk, role="host", position=""
        )
        data |= {name.replace("__", "-"): value for name, value in rows.items()}
    with django_assert_num_queries(queries):
        admin_client.post(PREVIEW, data)


@pytest.mark.django_db
def test_only_who_may_save_it_is_shown_it(now, client):
    people = make_people()
    client.force_login(people.member)
    assert client.post(f"{PREVIEW}?event={people.ours['draft'].pk}", {}).status_code == 200
    assert client.post(f"{PREVIEW}?event={people.theirs['draft'].pk}", {}).status_code in (403, 404)
    assert client.post(f"{PREVIEW}?event=x", {}).status_code == 404
    assert client.get(PREVIEW).status_code == 405
    client.logout()
    assert client.post(PREVIEW, {}).status_code == 302
