"""Questions and what they find, on a few entries made for it."""

import datetime as dt

import pytest

from events.models import Event
from index import counting, search
from index.suggesting import suggest
from speakers.actions import anonymise
from tests.factories import (
    NOW,
    AppearanceFactory,
    EventFactory,
    OrganisationFactory,
    SeriesFactory,
    SpeakerFactory,
    TopicFactory,
    VenueFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def found(text, **options):
    hits = search.find(text, nouns=["event"], at=NOW, **options).hits
    slugs = dict(Event.objects.values_list("pk", "slug"))
    return [slugs[hit.pk] for hit in hits]


@pytest.fixture
def catalogue():
    ozg = TopicFactory(name_de="Onlinezugangsgesetz", synonyms=["OZG", "Einer für Alle"])
    series = SeriesFactory(name="Zukunftstage", short_name="ZTG", aliases=["Aufbruchstage"])
    EventFactory(
        slug="zukunft-2019",
        title="Zukunftstage 2019",
        series=series,
        starts_on=dt.date(2019, 11, 5),
        topics=[ozg],
    )
    EventFactory(slug="zukunft-2027", title="Zukunftstage", series=series, starts_on=dt.date(2027, 11, 5))
    EventFactory(slug="digital", title="Digitalisierung der Verwaltung", venues=[VenueFactory(city="Köln")])
    EventFactory(slug="register", title="Registermodernisierungstagung", formats=["workshop"])
    EventFactory(slug="hack", title="Offene Stadt", formats=["hackathon"], is_free=True, mode="online",
                 online_access="unknown")  # fmt: skip
    meeting = EventFactory(slug="rat", title="Treffen der Bürgermeisterinnen und Bürgermeister")
    AppearanceFactory(event=meeting, speaker=SpeakerFactory(given_name="Ralf", family_name="Kleindiek"))
    EventFactory(slug="amt", title="Amtstag", organisers=[OrganisationFactory(
        name="Deutscher Städtetag", short_name="DST")])  # fmt: skip
    EventFactory(slug="entwurf", title="Geheimniskrämerei", state="draft", published_at=None)


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("verwaltungsdigitalisierung", ["digital"]),
        ("Digitalisierung Verwaltung", ["digital"]),
        ("Modernisierung der Register", ["register"]),
        ("Bürgermeister*innen", ["rat"]),
        ("buergermeisterin", ["rat"]),
        ("Kleindieck", ["rat"]),
        ("DST", ["amt"]),
        ("deutscher staedtetag", ["amt"]),
        ("OZG", ["zukunft-2019"]),
        ("Einer für Alle", ["zukunft-2019"]),
        ("ztg", ["zukunft-2027", "zukunft-2019"]),
        ("ztg 19", ["zukunft-2019"]),
        ("zukunftstage '19", ["zukunft-2019"]),
        ("november 2019", ["zukunft-2019"]),
        ("5.11.2027", ["zukunft-2027"]),
        ("2019-11", ["zukunft-2019"]),
        ("aufbruchstage", ["zukunft-2027", "zukunft-2019"]),
        ("hackathon", ["hack"]),
        ("kostenlos online", ["hack"]),
        ("koeln", ["digital"]),
        ("Digitalisirung", ["digital", "rat"]),
        ('"Offene Stadt"', ["hack"]),
        ('"Stadt Offene"', []),
        ("Geheimniskrämerei", []),
        ("Kartoffelsalat", []),
        ("digitalisierung kartoffelsalat", []),
        ("***", []),
        ("👍", []),
    ],
)
def test_questions_find_what_was_meant(text, slugs):
    assert found(text) == slugs


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("november 2019", [{"from": "2019-11-01", "to": "2019-11-30"}]),
        ("köln", [{"city": "koeln"}]),
        ("hackathon kostenlos", [{"format": "hackathon"}, {"free": "1"}]),
        ('"2019"', []),
        ("verwaltung", []),
    ],
)
def test_what_words_were_read_as_is_told(text, values):
    assert [one.values for one in search.understand(text, NOW).readings] == values


@pytest.mark.usefixtures("catalogue")
def test_a_slip_is_put_right_and_told():
    results = search.find("Digitalisirung der Verwaltung", at=NOW)
    assert (results.correction, results.corrected) == ("Digitalisierung der Verwaltung", True)


def test_the_exact_name_comes_first_then_titles_then_text():
    EventFactory(slug="text", title="Forum", summary="Es geht um Vergabe.", starts_on=NOW.date())
    EventFactory(slug="titel", title="Neues zur Vergabe")
    EventFactory(slug="name", title="Vergabe", starts_on=dt.date(2020, 1, 1))
    EventFactory(slug="teil", title="Vergaberecht")
    assert found("Vergabe") == ["name", "titel", "teil", "text"]


def test_what_is_to_come_stands_before_what_is_over_the_nearest_first():
    for slug, day in (
        ("alt", (2020, 1, 1)),
        ("neulich", (2027, 2, 27)),
        ("bald", (2027, 3, 9)),
        ("fern", (2028, 1, 1)),
    ):
        EventFactory(slug=slug, title="Vergabetag", starts_on=dt.date(*day))
    assert found("vergabetag") == ["bald", "fern", "neulich", "alt"]


def test_the_anonymised_are_neither_found_nor_suggested():
    person = SpeakerFactory(given_name="Zora", family_name="Kürbiskern")
    AppearanceFactory(speaker=person)
    assert search.find("Kürbiskern", at=NOW).totals == {"event": 1, "speaker": 1}
    anonymise(person)
    assert search.find("Kürbiskern", at=NOW).totals == {}


def test_suggestions_begin_with_what_was_typed_in_any_word():
    SeriesFactory(name="Smart Country Convention", short_name="SCCON")
    OrganisationFactory(name="Messe Berlin")
    assert [one.name for one in suggest("conv")] == ["Smart Country Convention"]
    assert [one.name for one in suggest("MESSE b")] == ["Messe Berlin"]
    assert [one.name for one in suggest("sma con")] == ["Smart Country Convention"]
    assert suggest("con sma") == suggest("%") == suggest("") == []


def test_a_list_holds_all_hits_however_few_of_them_are_ranked(monkeypatch):
    EventFactory.create_batch(6, title="Vergabetag")
    EventFactory(title="Tagung", summary="Ein Vergabetag.")
    for most, ranked in ((300, 7), (4, 6)):
        monkeypatch.setattr(counting, "RANKED", most)
        told = search.among("event", "vergabetag", NOW)
        assert Event.objects.filter(pk__in=told.keys).count() == 7
        assert len(told.best) >= ranked


def test_the_latest_edition_is_suggested_first():
    for year in (2019, 2027, 2023):
        EventFactory(title=f"Vergabetag {year}", starts_on=dt.date(year, 5, 5))
    names = [one.name for one in suggest("vergab")]
    assert names == ["Vergabetag 2027", "Vergabetag 2023", "Vergabetag 2019"]


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("tagung herbst 2023", "September – November 2023"),
        ("tagung Frühjahr 2024", "März – Mai 2024"),
        ("tagung Winter 2023/24", "Dezember 2023 – Februar 2024"),
        ("tagung Q1 2024", "Januar – März 2024"),
        ("tagung 2024/Q4", "Oktober – Dezember 2024"),
        ("tagung zweites Quartal 2024", "April – Juni 2024"),
        ("tagung 2. Halbjahr 2024", "Juli – Dezember 2024"),
    ],
)
def test_seasons_quarters_and_halves_of_years_are_read_as_months(question, label):
    for month in range(24):
        year, number = divmod(2023 * 12 + month, 12)
        EventFactory(
            slug=f"t-{year}-{number + 1:02}", title="Tagung", starts_on=dt.date(year, number + 1, 15)
        )
    (reading,) = search.understand(question, NOW).readings
    days = reading.values
    assert reading.label == label
    held = [slug for slug in found(question, limit=30) if not days["from"][:7] <= slug[2:] <= days["to"][:7]]
    assert held == []


def test_a_filter_that_nothing_fulfils_is_left_out_and_told():
    EventFactory(slug="hackathon", title="Stadthackathon", formats=["hackathon"], is_free=False)
    results = search.find("stadthackathon kostenlos online", at=NOW)
    assert [hit.noun for hit in results.hits] == ["event"]
    assert (results.readings, results.dropped) == ([], ["kostenlos", "online"])
    # Whoever names a year wants no other.
    assert search.find("stadthackathon 2019", at=NOW).hits == []


def test_all_of_something_is_asked_for_like_something():
    EventFactory(slug="kongress", title="Kongress", starts_on=dt.date(2023, 3, 3))
    TopicFactory(name_de="Umsetzung", synonyms=["Einer für Alle"])
    assert found("alle kongresse 2023") == ["kongress"]
    assert search.find("einer für alle", at=NOW).totals == {"topic": 1}


@pytest.mark.usefixtures("catalogue")
def test_hits_show_where_they_matched():
    results = search.find("ozg", at=NOW)
    hit = results.of("event")[0]
    kinds = dict(search.where([(hit.noun, hit.pk)], results.matcher)[hit.noun, hit.pk])
    assert kinds["topic"] in ("Onlinezugangsgesetz", "OZG")
    assert results.matcher.highlight("<OZG> & mehr") == "&lt;<mark>OZG</mark>&gt; &amp; mehr"


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000, "wort " * 3_000, "' OR 1=1; --", "& | ! ( ) <-> :*", "\\", "%_%", "\x00a", "\u202eabc",
        "\ud800", "<script>", '"', '"""', "ﷺ" * 300, "a'b''c", "²³", "2019-99-99", "31.02.2020",
        "00.00.0000", "'99 '00", "e e e e-e", "-", "e-", "(e)", "A" * 300, "verwaltung" * 30,
        "İstanbul ŞİŞLİ", "ß ẞ ſ",
    ],
)  # fmt: skip
def test_hostile_questions_do_no_harm(text):
    EventFactory(title="Wort und Verwaltung")
    search.find(text, at=NOW)
    suggest(text)
    assert Event.objects.matching(text).count() <= 1


def test_only_ten_words_are_read_and_the_rest_is_told():
    words = [f"wort{letter}" for letter in "abcdefghijkl"]
    assert search.understand(" ".join(words)).left_out == ["wortk", "wortl"]
