"""The page as organisers see it."""

import datetime as dt
import html
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.clash import weights
from events.clash.competing import MEDIUM, STRONG
from events.models.choices import Status
from tests.factories import (
    NOW,
    TODAY,
    EventFactory,
    SeriesFactory,
    TopicFactory,
    VenueFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
PAGE, ENGLISH = "/termin-pruefen/", "/en/check-dates/"
DAY = TODAY + dt.timedelta(days=10)
QUERY = f"from={DAY}&topic=ki&audience=municipal&near=Berlin"


def words(response):
    text = re.sub(r"<[^>]+>", "", response.content.decode())
    return " ".join(html.unescape(text).split())


def named(response):
    return [shown.slug for _one, shown, _why in response.context["answer"].named]


@pytest.fixture
def ki():
    return TopicFactory(slug="ki", name_de="Künstliche Intelligenz", name_en="Artificial intelligence")


def test_the_empty_page_explains_itself_and_gives_an_example_that_answers(client, ki):
    page = client.get(PAGE)
    assert "Was Sie erfahren" in words(page)
    assert "answer" not in page.context
    example = html.unescape(re.search(rf'href="({PAGE}\?from=[^"]+)#answer"', page.content.decode())[1])
    answer = client.get(example)
    assert answer.context["form"].errors == {}
    assert answer.context["answer"].plan.first > TODAY


def test_it_says_who_competes_how_strongly_and_why(client, ki):
    EventFactory(slug="tagung", starts_on=DAY, topics=[ki], venues=[VenueFactory()], attendees=2500)
    page = words(client.get(f"{PAGE}?{QUERY}"))
    assert "Starke Konkurrenz durch 1 Veranstaltung" in page
    assert "dieselben Tage · dasselbe Thema · dieselbe Zielgruppe ·" in page
    assert "groß: 2.500 Teilnehmende" in page
    page = words(client.get(f"{ENGLISH}?{QUERY}"))
    assert "Strong competition by 1 event" in page
    assert "same days · the same topic · same audience ·" in page
    assert "large: 2,500 attendees" in page


@pytest.mark.parametrize("query", ["", QUERY])
@pytest.mark.parametrize("number", [1, 3, 40])
def test_the_page_costs_the_same_for_any_number(query, number, client, django_assert_num_queries, ki):
    for _repeat in range(number):
        event = EventFactory(starts_on=DAY, topics=[ki], venues=[VenueFactory()], series=SeriesFactory())
        EventFactory(starts_on=DAY - dt.timedelta(days=365), series=event.series, attendees=10)
    with django_assert_num_queries(12 if query else 1):
        response = client.get(f"{PAGE}?{query}")
    assert response.status_code == 200


@pytest.mark.parametrize("values", [
    {"status": Status.CANCELLED}, {"status": Status.POSTPONED}, {"state": "draft"}, {"state": "withdrawn"},
    {"publish_from": NOW + dt.timedelta(hours=1)}, {"date_precision": "year"},
])  # fmt: skip
def test_what_does_not_take_place_does_not_compete(values, client, ki):
    if values.get("date_precision"):
        values |= {"starts_on": dt.date(2027, 1, 1), "ends_on": dt.date(2027, 12, 31)}
    EventFactory(**({"starts_on": DAY, "topics": [ki]} | values))
    assert named(client.get(f"{PAGE}?{QUERY}")) == []


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.RESCHEDULED, Status.MOVED_ONLINE])
def test_what_takes_place_competes(status, client, ki):
    EventFactory(slug="tagung", starts_on=DAY, topics=[ki], status=status)
    assert named(client.get(f"{PAGE}?{QUERY}")) == ["tagung"]


def test_an_event_known_by_the_month_might_fall_on_these_days(client, ki):
    march = {"starts_on": dt.date(2027, 3, 1), "ends_on": dt.date(2027, 3, 31), "date_precision": "month"}
    EventFactory(slug="vage", topics=[ki], **march)
    response = client.get(f"{PAGE}?{QUERY}")
    assert named(response) == ["vage"]
    assert "März 2027 könnte auf diese Tage fallen" in words(response)


def test_an_expected_edition_says_so_and_leads_to_its_series(client, ki):
    series = SeriesFactory(slug="ki-tage", name="KI-Tage")
    for year in (2024, 2025, 2026):
        EventFactory(series=series, topics=[ki], starts_on=dt.date(year, 3, 9), attendees=year)
    response = client.get(f"{PAGE}?{QUERY}")
    assert named(response) == ["ki-tage"]
    page = words(response)
    assert "erwartet, nicht angekündigt · dasselbe Thema" in page
    assert "groß: 2.026 Teilnehmende im Jahr 2026" in page
    assert 'href="/reihen/ki-tage/"' in response.content.decode()


def test_samples_are_labelled(client, ki):
    EventFactory(starts_on=DAY, topics=[ki], is_sample=True)
    assert (
        '<span class="label label--sample">Beispiel</span>' in client.get(f"{PAGE}?{QUERY}").content.decode()
    )


def test_a_narrower_topic_counts_as_related(client, ki):
    narrower = TopicFactory(parent=ki)
    EventFactory(slug="tagung", starts_on=DAY, topics=[narrower])
    assert "1 verwandtes Thema" in words(client.get(f"{PAGE}?{QUERY}"))


def test_a_former_slug_of_a_topic_means_its_successor(client, ki):
    EventFactory(slug="tagung", starts_on=DAY, topics=[ki])
    ki.slug = "kuenstliche-intelligenz"
    ki.save()
    response = client.get(f"{PAGE}?{QUERY}")
    assert response.context["answer"].plan.topics == {"kuenstliche-intelligenz"}


def test_the_links_of_calmer_weeks_and_of_the_table_fill_the_form(client, ki):
    EventFactory(starts_on=DAY, topics=[ki])
    response = client.get(f"{PAGE}?{QUERY}&to={DAY + dt.timedelta(days=1)}&size=&state=")
    links = re.findall(rf'href="({PAGE}\?from=[^"]+)#answer"', response.content.decode())
    calmest = response.context["answer"].calmest
    assert len(links) == len(calmest) + 16
    following = client.get(html.unescape(links[0]))
    plan = following.context["answer"].plan
    assert (plan.first, plan.last) == (calmest[0].first, calmest[0].last)
    assert (plan.topics, plan.audiences) == ({"ki"}, {"municipal"})
    assert following.context["form"].place.german == "Berlin"


def test_one_day_is_the_default_and_german_dates_are_read(client):
    plan = client.get(f"{PAGE}?from=20.11.2027").context["answer"].plan
    assert plan.first == plan.last == dt.date(2027, 11, 20)
    assert 'value="2027-11-20"' in client.get(f"{PAGE}?from=20.11.2027").content.decode()


def test_towns_of_the_same_name_are_offered(client):
    response = client.get(f"{PAGE}?from={DAY}&near=Neustadt&state=DE-NW")
    other = response.context["form"].others[0]
    links = re.findall(rf'href="({PAGE}\?from=[^"]+near=Neustadt[^"]+)#answer"', response.content.decode())
    following = client.get(html.unescape(links[0])).context["form"]
    assert following.place == other
    assert following.cleaned_data["state"] == "DE-NW"


@pytest.mark.parametrize(
    ("query", "field", "text"),
    [
        ("to=2027-11-20", "from", "Bitte geben Sie den ersten Tag an."),
        ("from=gestern", "from", "Bitte geben Sie einen Tag an, zum Beispiel 20.11.2027 oder 2027-11-20."),
        ("from=2027-02-30", "from", "Bitte geben Sie einen Tag an, zum Beispiel 20.11.2027 oder 2027-11-20."),
        ("from=1899-12-31", "from", "Bitte wählen Sie ein Jahr von 1900 bis 2199."),
        ("from=2027-11-20&to=2027-11-19", "to", "Der letzte Tag liegt vor dem ersten."),
        ("from=2027-11-01&to=2027-12-02", "to", "Bitte geben Sie höchstens 31 Tage an."),
        ("from=2027-11-20&topic=nix", "topic", "Dieses Thema ist hier nicht bekannt."),
        ("from=2027-11-20&audience=nix", "audience", "Diese Zielgruppe ist hier nicht bekannt."),
        ("from=2027-11-20&state=DE-XX", "state", "Dieses Land ist hier nicht bekannt."),
        ("from=2027-11-20&size=viele", "size", "Bitte geben Sie eine Zahl von 1 bis 1.000.000 an."),
        ("from=2027-11-20&size=0", "size", "Bitte geben Sie eine Zahl von 1 bis 1.000.000 an."),
        ("from=2027-11-20&near=Xqzzzy", "near", "Dieser Ort ist hier nicht bekannt. Bitte geben Sie"),
    ],
)
def test_what_cannot_be_read_is_said_and_stays(query, field, text, client):
    response = client.get(f"{PAGE}?{query}")
    assert "answer" not in response.context
    (problem,) = response.context["form"].errors[field]
    assert problem.startswith(text)
    assert list(response.context["form"].errors) == [field]
    assert "<title>Fehler: Termin prüfen" in response.content.decode()
    for name, value in (pair.split("=") for pair in query.split("&") if pair.split("=")[0] in ("from", "to")):
        assert re.search(rf'name="{name}" value="{value}"', response.content.decode())


def test_errors_speak_english_on_the_english_page(client):
    assert "Please enter a day such as" in words(client.get(f"{ENGLISH}?from=gestern"))


def test_a_word_in_place_of_a_date_is_shown_as_text(client):
    page = client.get(f"{PAGE}?from=gestern").content.decode()
    assert '<input type="text" name="from" value="gestern"' in page
    assert '<input type="date" name="to"' in page


HOSTILE = [
    "from=%00", "from=2027-11-20&near=%00Berlin", "from=2027-11-20&topic=%00", "from=٢٠٢٧-١١-٢٠",
    "from=2027-11-20&near=" + "ä" * 500, "from=9999-12-31", "from=2199-12-31", "from=1900-01-01",
    "from=2027-11-20&size=99999999999999999999", "from=2027-11-20&size=١٢", "online=x&from=2027-11-20",
    "from=<script>alert(1)</script>", "from=2027-11-20&" + "topic=x&" * 900, "near=Berlin", "topic=", "from=",
    "from=2027-11-20&near=%ED%A0%80", "from=2027-11-20&state=de-nw", "from=2027-11-20T00:00&to=x",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_nothing_that_is_sent_breaks_the_page(query, client):
    response = client.get(f"{PAGE}?{query}")
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(st.sampled_from(["from", "to", "topic", "near", "state", "size"]), st.text(max_size=30))
)
def test_any_text_is_answered(client, query):
    assert client.get(PAGE, query).status_code == 200


def test_regional_holidays_depend_on_the_state(client):
    all_saints = "from=2027-11-01"
    everywhere = "Montag, 1. November 2027: Allerheiligen, nur in Baden-Württemberg, Bayern"
    assert everywhere in words(client.get(f"{PAGE}?{all_saints}"))
    assert "Allerheiligen – Feiertag an Ihren Tagen" in words(client.get(f"{PAGE}?{all_saints}&state=DE-NW"))
    assert (
        "Allerheiligen" not in words(client.get(f"{PAGE}?{all_saints}&near=Hamburg")).partition("Ruhigere")[0]
    )


def test_unknown_school_holidays_are_said_to_be_unknown(client):
    page = words(client.get(f"{PAGE}?from=2150-11-17&state=DE-NW"))
    assert "Die Schulferien des Jahres 2150 sind hier nicht bekannt und nicht berücksichtigt." in page


def test_the_explanation_tells_the_weights_that_count(client):
    page = words(client.get(f"{PAGE}?{QUERY.replace('topic=ki&', '')}"))
    assert f"bis zu {weights.TOPICS} Punkte für gemeinsame Themen, {weights.AUDIENCE} für" in page
    assert f"Ab {STRONG} Punkten heißt die Konkurrenz stark, ab {MEDIUM} Punkten mittel." in page
    assert weights.TOPICS + weights.AUDIENCE + weights.PLACE + weights.SIZE == 100


def test_search_engines_index_the_page_but_no_answer(client):
    assert 'content="noindex"' not in client.get(PAGE).content.decode()
    assert 'content="noindex"' in client.get(f"{PAGE}?{QUERY}").content.decode()


def test_many_weak_events_are_counted_not_named(client, ki):
    EventFactory.create_batch(30, starts_on=DAY, topics=[ki])
    response = client.get(f"{PAGE}?{QUERY}")
    assert len(named(response)) == 25
    assert "Dazu kommen 5 schwächere Veranstaltungen." in words(response)
