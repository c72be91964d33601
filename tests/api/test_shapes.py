"""Answers have exactly the shape that the description promises, and tell nothing that is not public."""

import json
import uuid

import pytest

from api.fetching import COLLECTIONS
from api.schemas.envelope import Changes, Entrance
from events.models import Event
from tests import factories as make
from tests.sources import table_rows

EVERYTHING = "expand=series,organisations,people,venues,topics"


@pytest.mark.parametrize("name", COLLECTIONS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_entry_has_its_shape(cast, client, name, language):
    make.EventFactory(date_precision="month", starts_on="2027-05-01", ends_on="2027-05-31", formats=[])
    make.EventFactory(status="postponed", parent=cast.congress)
    period = "&when=all" if name == "events" else ""
    page = client.get(f"/api/v1/{name}?lang={language}{period}").content
    told = COLLECTIONS[name].page.model_validate_json(page)
    assert told.items
    for one in told.items:
        single = client.get(f"/api/v1/{name}/{one.id}?lang={language}").content
        assert COLLECTIONS[name].shape.model_validate_json(single) == one


def test_expanded_entries_have_the_shape_of_their_own(cast, client, get):
    body = client.get(f"/api/v1/events?when=all&{EVERYTHING}").content
    COLLECTIONS["events"].page.model_validate_json(body)
    congress = get(f"events/{cast.congress.uid}?{EVERYTHING}")
    assert congress["series"] == get(f"series/{cast.series.uid}")
    assert congress["topics"][0] == get(f"topics/{cast.cloud.uid}")
    assert congress["venues"][0]["venue"] == get(f"venues/{cast.berlin_hall.uid}")
    assert congress["organisations"][0]["organisation"] == get(f"organisations/{cast.association.uid}")
    assert congress["people"][0]["person"] == get(f"people/{cast.keynote_speaker.uid}")


def test_the_entrance_and_changes_have_their_shape(cast, client):
    Entrance.model_validate_json(client.get("/api/v1/").content)
    Changes.model_validate_json(client.get(f"/api/v1/events/{cast.congress.uid}/changes").content)


# -- what must not be told ------------------------------------------------------------------------------

# Names of internal fields that also are names of public ones elsewhere.
SHARED = {
    "id",
    "state",
    "name",
    "page",
    "at",
    "kind",
    "language",
    "revision",
    "note",
    "section",
    "noun",
    "number",
}


def internal_fields():
    rows = [row for row in table_rows("data-classification.md") if row[0] != "Model"]
    return {name for row in rows for name in row[2].split()} - SHARED


def keys(value):
    """Every key at any depth."""
    if isinstance(value, dict):
        return set(value) | {key for part in value.values() for key in keys(part)}
    return {key for part in value for key in keys(part)} if isinstance(value, list) else set()


@pytest.mark.parametrize("name", COLLECTIONS)
def test_no_internal_field_is_told(cast, get, name):
    query = f"?when=all&{EVERYTHING}" if name == "events" else ""
    public = {
        "published",
        "published_at",
        "since",
        "until",
        "reason",
        "slug",
        "uid",
        "event",
        "facts",
        "organisation",
    }
    internal = internal_fields() - public - set(COLLECTIONS[name].fields)
    assert "publish_from" in internal
    assert "created_at" in internal
    assert keys(get(f"{name}{query}")) & internal == set()


def test_what_is_not_public_is_nowhere(cast, get, client):
    cast.draft.parent = cast.congress
    cast.draft.series = cast.series
    cast.draft.save()
    Event.objects.filter(pk=cast.online_talk.pk).update(parent=cast.later)
    told = json.dumps(
        [get(f"events?when=all&{EVERYTHING}"), get("events?updated_since=1970-01-01T00:00:00Z")]
    )
    for hidden in (cast.draft, cast.withdrawn, cast.later):
        assert hidden.title not in told
        assert hidden.slug not in told.replace("zurueckgezogen", "") or hidden is cast.withdrawn
        status = 410 if hidden is cast.withdrawn else 404
        get(f"events/{hidden.uid}", status=client.get(f"/api/v1/events/{hidden.uid}").status_code)
        assert client.get(f"/api/v1/events/{hidden.uid}").status_code in (404, status)


def test_anonymised_people_are_named_nowhere(cast, get):
    from speakers.actions import anonymise

    anonymise(cast.keynote_speaker)
    told = json.dumps([get("people"), get(f"events/{cast.congress.uid}")])
    assert "Müßig" not in told
    assert "Beauftragte für Digitales" not in told
    assert get(f"events/{cast.congress.uid}")["people"] == []


def test_an_identifier_is_that_of_every_other_output(cast, get):
    assert uuid.UUID(get(f"events/{cast.congress.uid}")["id"]) == cast.congress.uid


def test_samples_are_marked(cast, get):
    Event.objects.filter(pk=cast.congress.pk).update(is_sample=True)
    told = get(f"events/{cast.congress.uid}")
    assert told["is_sample"] is True
    assert told["title"] == "[Beispiel] Smart-Country-Tage 2026"
    assert told["title_de"] == "Smart-Country-Tage 2026"
