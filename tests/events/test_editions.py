"""The next edition of real series of the catalogue."""

import datetime as dt
import json

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from catalogue import loading
from events.editions import next_days, next_edition
from events.models import Event
from events.rhythm import turn
from events.titles import next_title
from tests import factories as make
from tests.lasting import lasting

# Editions of real series, and what is proposed after each: title, number, days, months since.
NEXT = {
    "smart-country-convention-2026": ("Smart Country Convention 2027", 10, "2027-10-19 2027-10-21", 12),
    "kommunale-2025": ("KOMMUNALE 2027", None, "2027-10-27 2027-10-28", 24),
    "zukunftskongress-2025": ("12. Zukunftskongress Staat & Verwaltung", 12, "2026-06-22 2026-06-24", 12),
    "fachkongress-it-planungsrat-2026": (
        "15. Fachkongress des IT-Planungsrats", 15, "2027-03-24 2027-03-25", 12,
    ),
    "creative-bureaucracy-festival-2025": (
        "Creative Bureaucracy Festival 2026", None, "2026-06-04 2026-06-04", 12,
    ),
    "landeskongress-hessen-2026": (
        "Landeskongress Digitale Städte – Digitale Regionen 2027", 9, "2027-06-07 2027-06-07", 12,
    ),
    "dikomm-2022": ("dikomm – Zukunft digitale Kommune 2023", None, "2023-11-02 2023-11-02", 12),
    "digitaler-staat-2026": ("Digitaler Staat 2027", None, "2027-03-09 2027-03-10", 12),
    "messe-kommunal-2025": ("Messe KOMMUNAL 2026", None, "2026-08-26 2026-08-27", 12),
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _real_series(django_db_setup, django_db_blocker):
    content = json.loads((settings.BASE_DIR / "data" / "catalogue.json").read_text())
    wanted = {slug for event in content["events"] for slug in [event["series"]] if event["slug"] in NEXT}
    events = [event for event in content["events"] if event["series"] in wanted]
    for event in events:
        event.pop("appearances", None)
        event.pop("parent", None)
    with lasting(django_db_blocker):
        loading.load(json.dumps(content | {"people": [], "events": events}).encode())
        yield


def proposed(slug):
    event = Event.objects.for_detail().get(slug=slug)
    months = turn(event.series.events.values_list("starts_on", flat=True)) or 12
    return event, months, next_edition(event, months)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", NEXT)
def test_the_next_edition_of_a_real_series(slug):
    title, edition, days, months = NEXT[slug]
    event, found, proposal = proposed(slug)
    fields = proposal.fields
    assert (fields["title"], fields.get("edition"), found) == (title, edition, months)
    assert f"{fields['starts_on']} {fields['ends_on']}" == days
    assert fields["starts_on"].weekday() == event.starts_on.weekday()
    assert fields["ends_on"] - fields["starts_on"] == event.ends_on - event.starts_on


@pytest.mark.django_db
def test_all_that_is_proposed_for_the_convention():
    event, _months, proposal = proposed("smart-country-convention-2026")
    assert proposal.fields == {
        "series": event.series_id,
        "title": "Smart Country Convention 2027",
        "hashtag": "#SCCON27",
        "website": "https://www.smartcountry.berlin",
        "edition": 10,
        "starts_on": dt.date(2027, 10, 19),
        "ends_on": dt.date(2027, 10, 21),
        "date_precision": "day",
        "timezone": "Europe/Berlin",
        "mode": "onsite",
        "languages": ["de"],
        "formats": ["congress", "trade_fair", "workshop"],
        "audiences": [
            "federal", "state", "municipal", "it", "business", "science", "public_enterprise",
        ],
        "eligibility": "everyone",
    }  # fmt: skip
    told = {
        name: [" ".join(str(getattr(value, "slug", value)) for value in row.values()) for row in rows]
        for name, rows in proposal.rows.items()
    }
    assert told == {
        "venue_links": ["messe-berlin venue"],
        "participations": ["bitkom organiser", "messe-berlin organiser"],
        "topic_links": ["digitale-verwaltung", "smart-city", "ki"],
    }


@pytest.mark.django_db
def test_what_was_moved_online_is_expected_on_site_again():
    event = make.EventFactory(status="moved_online", mode="online", online_access="unknown")
    hall = make.VenueFactory()
    event.venue_links.create(venue=hall, use="planned")
    proposal = next_edition(event)
    assert proposal.fields["mode"] == "onsite"
    assert "online_access" not in proposal.fields
    assert proposal.rows["venue_links"] == [{"venue": hall, "use": "venue"}]


@pytest.mark.django_db
def test_an_online_part_is_kept_without_its_address():
    event = make.EventFactory(mode="hybrid", online_url="https://tagung.example/2027")
    fields = next_edition(event).fields
    assert (fields["mode"], fields["online_access"]) == ("hybrid", "unknown")
    assert "online_url" not in fields


@pytest.mark.django_db
def test_who_runs_it_stays_and_who_is_won_anew_does_not():
    event = make.EventFactory()
    heir = make.OrganisationFactory()
    for role in ["organiser", "co_organiser", "host", "cooperation_partner"]:
        make.ParticipationFactory(event=event, role=role, name_then="Damals")
    for role in ["partner", "media_partner", "sponsor", "supporter", "exhibitor"]:
        make.ParticipationFactory(event=event, role=role)
    renamed = make.OrganisationFactory(successor=heir)
    make.ParticipationFactory(event=event, organisation=renamed, role="organiser")
    rows = next_edition(event).rows["participations"]
    assert [row["role"] for row in rows] == [
        "organiser", "co_organiser", "host", "cooperation_partner", "organiser",
    ]  # fmt: skip
    assert rows[-1] == {"organisation": heir, "role": "organiser"}


@pytest.mark.django_db
def test_a_website_of_one_year_is_not_kept():
    assert "website" not in next_edition(make.EventFactory(website="https://tagung.example/2027")).fields
    kept = next_edition(make.EventFactory(website="https://tagung.example/")).fields
    assert kept["website"] == "https://tagung.example/"


@pytest.mark.django_db
def test_days_at_each_venue_move_along():
    event = make.EventFactory(starts_on=dt.date(2026, 5, 5), ends_on=dt.date(2026, 5, 6))
    event.venue_links.create(
        venue=make.VenueFactory(), starts_on=dt.date(2026, 5, 6), ends_on=dt.date(2026, 5, 6)
    )
    proposal = next_edition(event)
    assert proposal.fields["starts_on"] == dt.date(2027, 5, 11)
    assert proposal.rows["venue_links"][0]["starts_on"] == dt.date(2027, 5, 12)


@pytest.mark.parametrize(("span", "precision", "months", "proposed"), [
    ("2026-10-13 2026-10-15", "day", 12, "2027-10-19 2027-10-21"),
    ("2025-10-22 2025-10-23", "day", 24, "2027-10-27 2027-10-28"),
    ("2026-03-05 2026-03-05", "day", 6, "2026-09-03 2026-09-03"),
    ("2026-12-29 2026-12-30", "day", 12, "2027-12-28 2027-12-29"),  # from week 53 to week 52
    ("2024-12-30 2024-12-31", "day", 12, "2025-12-29 2025-12-30"),  # week 1 begins in December
    ("2027-02-01 2027-02-28", "month", 12, "2028-02-01 2028-02-29"),
    ("2027-10-01 2027-12-31", "quarter", 6, "2028-04-01 2028-06-30"),
    ("2027-01-01 2027-12-31", "year", 24, "2029-01-01 2029-12-31"),
])  # fmt: skip
def test_days_move_on_by_calendar_weeks_and_periods_by_months(span, precision, months, proposed):
    first, last = (dt.date.fromisoformat(day) for day in span.split())
    assert " ".join(map(str, next_days(first, last, precision, months))) == proposed


@given(
    st.dates(dt.date(1970, 1, 1), dt.date(2150, 1, 1)),
    st.integers(0, 30),
    st.sampled_from([4, 6, 12, 24, 36]),
)
def test_weekdays_and_spans_are_kept(first, more, months):
    last = first + dt.timedelta(days=more)
    start, end = next_days(first, last, "day", months)
    assert (start.weekday(), end - start) == (first.weekday(), last - first)
    assert abs((start - first).days - months * 30.44) <= 14


@given(st.text(max_size=40), st.integers(1990, 2090), st.none() | st.integers(1, 200))
def test_a_title_stays_where_nothing_is_raised(title, year, edition):
    assert next_title(title, year, 0, edition, turns=0) == title or edition is None


@pytest.mark.parametrize(("title", "year", "edition", "raised"), [
    ("Smart Country Convention 2026", 2026, 9, "Smart Country Convention 2027"),
    ("15. Kongress", 2026, 15, "16. Kongress"),
    ("15. Kongress", 2026, None, "16. Kongress"),
    ("Baden-Württemberg 4.0 (2024)", 2024, 4, "Baden-Württemberg 4.0 (2025)"),
    ("dikomm 2025", 2025, None, "dikomm 2026"),
    ("18. MODERNER STAAT mit MODERNE KOMMUNE", 2014, 18, "19. MODERNER STAAT mit MODERNE KOMMUNE"),
    ("20. e-nrw", 2020, 20, "21. e-nrw"),
    ("Living-in.EU 1st Mayors Digital Assembly", 2023, 1, "Living-in.EU 2nd Mayors Digital Assembly"),
    ("12th Congress", 2026, 12, "13th Congress"),
    ("Winterschule 2026/27", 2026, None, "Winterschule 2027/28"),
    ("Winterschule 2026/2027", 2026, None, "Winterschule 2027/2028"),
    ("Lehren aus COVID-19", 2018, None, "Lehren aus COVID-19"),
    ("Bilanz seit 2015", 2026, None, "Bilanz seit 2015"),
    ("10 Jahre Vitako", 2015, None, "10 Jahre Vitako"),
    ("Praxis 2.0", 2026, 2, "Praxis 2.0"),
    ("#SCCON26", 2026, 9, "#SCCON27"),
    ("#IMA2020", 2020, None, "#IMA2021"),
    ("#SCCON99", 1999, None, "#SCCON00"),
    ("", 2026, 3, ""),
])  # fmt: skip
def test_year_and_number_in_a_title_are_raised(title, year, edition, raised):
    assert next_title(title, year, 1, edition) == raised
