"""Editing people, and forgetting them."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from speakers.admin import RULES
from speakers.models import Speaker
from tests import factories as make
from tests.editing import errors_of, send
from tests.rules import rules_of

LIST = "/admin/speakers/speaker/"


@pytest.fixture(autouse=True)
def _editor(admin_user):
    """Somebody to edit."""


def change(speaker):
    return reverse("admin:speakers_speaker_change", args=[speaker.pk])


def anonymise(client, *people, **more):
    data = {"action": "anonymise", "_selected_action": [speaker.pk for speaker in people], **more}
    return client.post(LIST, data)


@pytest.fixture
def gone():
    """Somebody who took part in an event and was anonymised."""
    speaker = make.SpeakerFactory(family_name="Vergissmein", aliases=["Nicht"])
    make.AppearanceFactory(speaker=speaker)
    return speaker


def test_the_address_is_made_from_both_names():
    send(f"{LIST}add/", given_name="Jörg", family_name="Groß-Müller", academic_title="Dr.")
    assert Speaker.objects.get().slug == "joerg-gross-mueller"


@pytest.mark.parametrize("text", ["mussig", "MÜSSIG ariane", "ariane-muster"])
def test_search_is_folded(text, cast, admin_client):
    assert admin_client.get(LIST, {"q": text}).context["cl"].result_count == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"family_name": ""}, "family_name"),
        ({"wikidata": "Q0"}, "wikidata"),
        ({"slug": "a_b"}, "slug"),
        ({"website": "www"}, "website"),
    ],
    ids=str,
)
def test_nonsense_is_refused_beside_its_field(values, field):
    assert set(errors_of(send(f"{LIST}add/", **({"family_name": "Beispiel"} | values)))) == {field}


def test_anonymising_is_offered_on_the_persons_page(cast, admin_client):
    assert 'value="anonymise"' in admin_client.get(change(cast.panellist)).content.decode()


def test_anonymising_asks_first_and_says_what_it_does(gone, admin_client):
    page = anonymise(admin_client, gone)
    assert list(page.context["things"]) == [gone]
    assert any("rückgängig" in str(effect) for effect in page.context["effects"])
    gone.refresh_from_db()
    assert gone.family_name == "Vergissmein"


def test_an_anonymised_person_is_found_nowhere_in_the_admin(gone, admin_client):
    send(change(gone), given_name="Tu")
    anonymise(admin_client, gone, confirmed="yes")
    gone.refresh_from_db()
    event = gone.appearances.get().event
    pages = [
        "/admin/", LIST, f"{LIST}?anonymised=yes", change(gone), f"{LIST}{gone.pk}/history/",
        reverse("admin:events_event_change", args=[event.pk]),
        "/admin/addresses/formerslug/",
    ]  # fmt: skip
    for url in pages:
        text = admin_client.get(url, follow=True).content.decode()
        assert "Vergissmein" not in text, url
    assert LogEntry.objects.filter(object_id=str(gone.pk)).exists()


def test_an_anonymised_person_is_listed_on_request_and_never_offered_or_changed(gone, admin_client):
    anonymise(admin_client, gone, confirmed="yes")
    assert not admin_client.get(LIST).context["cl"].result_list
    assert list(admin_client.get(f"{LIST}?anonymised=yes").context["cl"].result_list) == [gone]
    query = {"app_label": "events", "model_name": "appearance", "field_name": "speaker"}
    assert admin_client.get(reverse("admin:autocomplete"), query).json()["results"] == []
    assert admin_client.post(change(gone), {"family_name": "Zurück"}).status_code == 403


def test_an_event_with_an_anonymised_person_can_still_be_saved(gone, admin_client):
    event = gone.appearances.get().event
    anonymise(admin_client, gone, confirmed="yes")
    url = reverse("admin:events_event_change", args=[event.pk])
    assert send(url, title="Geändert").status_code == 302
    assert event.appearances.count() == 1


def test_every_rule_in_words_is_a_rule_of_the_database():
    assert set(RULES) <= rules_of("speakers")
