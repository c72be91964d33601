"""What data/catalogue.json says: the corrections by hand, and the facts of the mission's three events."""

import json

import pytest
from django.conf import settings

DOCUMENT = json.loads((settings.BASE_DIR / "data" / "catalogue.json").read_text(encoding="utf-8"))
EVENTS = {event["slug"]: event for event in DOCUMENT["events"]}
SERIES = {series["slug"]: series for series in DOCUMENT["series"]}
VENUES = {venue["slug"]: venue for venue in DOCUMENT["venues"]}


def roles(event, role):
    return [row["organisation"] for row in event["participations"] if row["role"] == role]


def people(event, role):
    return [row["speaker"] for row in event["appearances"] if row["role"] == role]


@pytest.mark.parametrize(
    ("slug", "start", "end", "previous"),
    [
        ("zukunftskongress-2021", "2022-06-20", "2022-06-22", {"start": "2021-12-13", "end": "2021-12-15"}),
        ("learntec-2021", "2021-06-22", "2021-06-24", {"start": "2021-02-02", "end": "2021-02-04"}),
        ("swiss-egovernment-forum-2022", "2022-06-28", "2022-06-29", {"start": "2022-03"}),
        ("digitale-zukunft-owl-2022", "2022-03-10", None, {"start": "2021-04"}),
        ("omnisecure-2021", "2021-05-03", "2021-05-05", {"start": "2021-01"}),
        ("cee-egov-days-2020", "2020-09-21", None, {"start": "2020-05"}),
        (
            "smart-country-convention-2019",
            "2019-10-22",
            "2019-10-24",
            {"start": "2019-11-19", "end": "2019-11-21"},
        ),
    ],
)
def test_a_moved_event_has_its_valid_date_and_the_old_one_beside_it(slug, start, end, previous):
    event = EVENTS[slug]
    assert (event["status"], event["start"], event.get("end")) == ("rescheduled", start, end)
    assert event["previous_dates"] == [previous]


def test_no_event_of_the_past_is_left_without_a_valid_date():
    assert [slug for slug, event in EVENTS.items() if event.get("status") == "postponed"] == []


def test_an_event_moved_online_keeps_the_date_it_was_planned_for():
    event = EVENTS["smart-country-convention-2020"]
    assert (event["status"], event["mode"]) == ("moved_online", "online")
    assert event["previous_dates"] == [{"start": "2020-10-27", "end": "2020-10-29"}]


@pytest.mark.parametrize(
    ("slug", "places"),
    [
        ("egov-2024", ["gent", "leuven"]),
        ("fachtagung-digitale-verwaltung-4", ["ludwigsburg", "komm-one-stuttgart"]),
        ("europaeischer-verwaltungskongress-2004", ["rathaus-bremen", "buergerschaft-bremen"]),
        ("mpsc-regionalkonferenz-bad-belzig-2024", ["bad-belzig", "wiesenburg"]),
    ],
)
def test_an_event_at_several_places_names_each(slug, places):
    assert [row["venue"] for row in EVENTS[slug]["venues"]] == places


def test_vague_places_are_no_buildings():
    kinds = {
        slug: VENUES[slug]["kind"] for slug in ("faehre-kiel-oslo", "mv-landesweit", "bundesweit", "koeln")
    }
    assert list(kinds.values()) == ["vessel", "region", "country", "city"]
    assert not [venue for venue in VENUES.values() if "nicht näher" in venue["name"]]


@pytest.mark.parametrize(
    ("slug", "key", "value"),
    [
        ("digital-gipfel-2024", "partner_region", "DE-HE"),
        ("kommunale-2025", "partner_region", "DE-BW"),
        ("semic-2022", "attendees_online", 779),
        ("landeskongress-hessen-2023", "attendees_onsite", 360),
        ("forum-staat-von-morgen-2025", "eligibility", "invitation"),
        ("fachkongress-it-planungsrat-2026", "eligibility", "public_sector"),
        ("negz-klausurtagung-2024", "eligibility", "members"),
        ("open-source-wettbewerb-2025", "parent", "smart-country-convention-2025"),
        ("open-source-wettbewerb-2025", "contributions_deadline", "2025-06-30"),
        ("fsfe-fachtag-2025", "registration_deadline", "2025-03-23"),
        ("protekt-2022", "sold_out", True),
    ],
)
def test_what_a_note_said_stands_in_a_field(slug, key, value):
    assert EVENTS[slug][key] == value


def test_prices_are_told_by_group():
    assert EVENTS["memo-2013"]["prices"] == [
        {"group": "public_sector", "amount": 99},
        {"group": "public_sector", "amount": 59, "early_bird": True},
        {"group": "business", "amount": 490, "amount_to": 595},
        {"group": "students", "amount": 0},
    ]


def test_an_organisation_bears_the_name_of_its_day():
    row = EVENTS["it-gipfel-2007"]["participations"][0]
    assert row["name_then"] == "Bundesministerium für Wirtschaft und Technologie"


@pytest.mark.parametrize(
    ("slug", "names"),
    [
        ("digital-gipfel", ["Nationaler IT-Gipfel"]),
        ("forum-foederal-digital", ["OZG-Erfahrungsaustausch"]),
        ("dikom-expo", ["KOMCOM", "Moderne Kommune"]),
    ],
)
def test_a_renamed_series_keeps_its_other_names(slug, names):
    assert SERIES[slug]["aliases"] == names


def test_the_winner_of_the_digital_city_is_told():
    assert EVENTS["wettbewerb-digitale-stadt-2017"]["awards"][0]["winner"] == "Darmstadt"


def test_every_event_names_a_source():
    assert [slug for slug, event in EVENTS.items() if not event.get("sources")] == []


def test_the_first_smart_country_convention_tells_its_facts():
    event = EVENTS["smart-country-convention-2018"]
    assert (event["start"], event["end"], event["venues"]) == (
        "2018-11-20", "2018-11-22", [{"venue": "citycube-berlin"}],
    )  # fmt: skip
    assert (event["partner_country"], people(event, "patron")) == ("DK", ["horst-seehofer"])
    assert people(event, "keynote")[0] == "lars-lokke-rasmussen"
    assert people(event, "initiator") == ["achim-berg"]
    assert roles(event, "organiser") == ["bitkom", "messe-berlin"]
    partners = {"dst", "dlt", "dstgb", "vku", "negz", "sap", "telekom", "docmorris"}
    assert partners <= set(roles(event, "partner"))
    assert {"conference", "workshop", "course", "hackathon"} <= {"conference", *event["formats"]}


def test_the_second_smart_country_convention_tells_its_facts():
    event = EVENTS["smart-country-convention-2019"]
    assert roles(event, "media_partner") == ["behoerden-spiegel"]
    assert {"trade_fair", "congress", "workshop"} <= set(event["formats"])
    assert SERIES["smart-country-convention"]["predecessor"] == "wettbewerb-digitale-stadt"
    assert "#SCCON25" in EVENTS["smart-country-convention-2025"]["description"]


def test_dikomm_tells_its_facts():
    event = EVENTS["dikomm-2019"]
    assert (event["start"], event["venues"]) == ("2019-11-05", [{"venue": "messe-essen"}])
    assert event["audiences"][0] == "mayors"
    assert roles(event, "cooperation_partner") == ["kgst"]
    assert "Onlinezugangsgesetz" in event["sessions"][0]["title"]


def test_the_online_conference_tells_its_facts():
    event = EVENTS["online-konferenz-kommunale-digitalisierung-2022"]
    assert (event["start"], event["mode"], event["is_free"]) == ("2022-05-17", "online", True)
    assert "Jahr 2022 erschlossen" in event["date_note"]
    assert roles(event, "organiser") == ["dsgv", "dlt", "s-public-services"]
    assert people(event, "speaker") == ["ralf-kleindiek", "lena-sophie-mueller"]
    assert {"cloud", "e-payment", "ozg"} <= set(event["topics"])
    assert "Mitgastgeber ist Joachim Schmalzl" in event["description"]
