"""What is forgotten beside the entries, and what stays."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from addresses.models import FormerSlug
from curation.models import Link
from events.models import Event, Session
from feedback.models import Report
from privacy import periods, places, prose
from privacy.models import Disclosure, Erasure
from privacy.names import Wording
from speakers.actions import anonymise, traces
from speakers.models import Speaker
from tests import factories as make
from tests.factories import NOW
from tests.rules import own_models, refused
from tests.sources import ROOT, table_rows
from tests.trail.hands import step
from trail import registry
from trail.planning import Conflict
from trail.undoing import undo

pytestmark = pytest.mark.django_db


def event_with(**texts):
    return make.EventFactory(**texts)


def test_a_wording_takes_the_place_of_the_name_in_its_language(erika):
    event = event_with(summary="Erika Müßiggang trifft Erika Müßiggang.", summary_en="By Erika Müßiggang.")
    make.SessionFactory(event=event, title="Gespräch (Erika Müßiggang)")
    anonymise(erika, Wording({"de": "eine Referentin", "en": "a speaker"}))
    event.refresh_from_db()
    assert event.summary == "Eine Referentin trifft eine Referentin."
    assert event.summary_en == "By a speaker."
    assert Session.objects.get().title == "Gespräch (eine Referentin)"


def test_without_a_wording_texts_stay_and_are_told(erika):
    event = event_with(summary="Mit Erika Müßiggang.", description="Frau Müßiggang grüßt.")
    found = anonymise(erika).mentions
    assert [(one.noun, one.owner, one.field, one.is_certain) for one in found] == [
        ("event", event.pk, "summary", True),
        ("event", event.pk, "description", False),
    ]
    assert Event.objects.get().summary == "Mit Erika Müßiggang."


def test_undoing_the_rewriting_brings_no_name_back(erika):
    event = event_with(summary="Mit Erika Müßiggang.")
    with step() as rewritten:
        anonymise(erika, Wording({"de": "jemandem"}))
    with pytest.raises(Conflict):
        undo(rewritten)
    event.refresh_from_db()
    assert event.summary == "Mit jemandem."


def test_no_crowd_of_similar_words_hides_a_name(erika, admin_client, monkeypatch):
    monkeypatch.setattr(prose, "MOST", 2)
    for _ in range(3):
        event_with(summary="Über den Müßiggang.")
    event = event_with(summary="Mit Erika Müßiggang.")
    asked = {"action": "anonymise", "_selected_action": [erika.pk]}
    shown = admin_client.post("/admin/speakers/speaker/", asked).context["found"]
    assert (shown["places"][0].excerpt, shown["more"]) == ("Mit Erika Müßiggang.", 2)
    assert "2 weitere Texte" in admin_client.post("/admin/speakers/speaker/", asked).content.decode()
    assert len(anonymise(erika, Wording({"de": "jemandem"})).mentions) == 3
    event.refresh_from_db()
    assert event.summary == "Mit jemandem."


def test_looking_changes_nothing(erika):
    event_with(summary="Mit Erika Müßiggang.")
    report = Report.objects.create(kind="error", message="Erika Müßiggang fehlt.", language="de")
    found = traces(erika)
    assert (len(found.mentions), found.beside) == (1, {"feedback.Report": 1})
    report.refresh_from_db()
    assert (report.message, Speaker.objects.get().family_name) == ("Erika Müßiggang fehlt.", "Müßiggang")


def test_others_of_the_family_are_left_alone(erika):
    paul = make.SpeakerFactory(given_name="Paul", family_name="Müßiggang", description="Paul Müßiggang.")
    anonymise(erika, Wording({"de": "jemand"}))
    paul.refresh_from_db()
    assert (paul.family_name, paul.description) == ("Müßiggang", "Paul Müßiggang.")


def test_the_command_tells_first_and_then_does(erika, capsys):
    event_with(summary="Mit Erika Müßiggang.", title="Frau Müßiggang")
    call_command("anonymise_person", "erika-muessiggang", "--dry-run")
    told = capsys.readouterr().out
    assert "Kurzbeschreibung: Mit Erika Müßiggang." in told
    assert "(the family name alone): Frau Müßiggang" in told
    assert Speaker.objects.get().anonymised_at is None
    call_command("anonymise_person", str(erika.uid), "--instead-de", "einem Gast", "--family-name-alone")
    assert "in the database: nowhere else" in capsys.readouterr().out
    assert Event.objects.get().title == "Einem Gast"
    with pytest.raises(CommandError):
        call_command("anonymise_person", "erika-muessiggang")


def test_the_admin_shows_where_and_takes_the_words(erika, admin_client):
    event = event_with(summary="Mit Erika Müßiggang.")
    asked = {"action": "anonymise", "_selected_action": [erika.pk]}
    page = admin_client.post("/admin/speakers/speaker/", asked).content.decode()
    assert f"/admin/events/event/{event.pk}/change/" in page
    admin_client.post(
        "/admin/speakers/speaker/", asked | {"confirmed": "yes", "instead_de": "einem Gast", "instead_en": ""}
    )
    assert Event.objects.get().summary == "Mit einem Gast."


def test_a_name_is_found_across_lines_and_in_addresses_and_no_longer_one_is_taken_for_it(erika):
    paul = make.SpeakerFactory(given_name="Erika", family_name="Müßiggangster", slug="erika-muessiggangster")
    paul.slug = "paul"
    paul.save()
    for url in (
        "https://a.example/?q=%2FErika%20M%C3%BC%C3%9Figgang",
        "https://a.example/1_erika-muessiggang",
    ):
        Link.objects.create(url=url)
    other = Link.objects.create(url="https://a.example/erika-muessiggangster")
    report = Report.objects.create(kind="error", message="Erika\nMüßiggang fehlt.", language="de")
    assert traces(erika).beside == {"feedback.Report": 1, "curation.Link": 2}
    anonymise(erika)
    report.refresh_from_db()
    assert report.message == "– fehlt."
    assert list(Link.objects.all()) == [other]
    assert [former.slug for former in FormerSlug.objects.all()] == ["erika-muessiggangster"]


# -- completeness ------------------------------------------------------------------------------------

# Text in which nobody is named by people, each with the reason.
NO_PLACE = {
    "trail.Change": "struck by itself",
    "speakers.ErasedPerson": "digests",
    "index.Document": "made anew at once", "index.Word": "made anew at once",
    "index.Name": "made anew at once",
    "index.Pending": "kinds", "curation.Suspicion": "kinds", "curation.Unlike": "kinds",
    "curation.Examined": "kinds",
    "catalogue.LoadedRecord": "goes by a trigger", "accounts.SignIn": "of accounts",
    "accounts.Lock": "of accounts",
    "operations.ErrorNotice": "kinds", "api.Usage": "digests", "privacy.Erasure": "digests",
    "privacy.Disclosure": "digests",
    "pages.Statement": "of the operator", "pages.Barrier": "of the operator",
    "events.PublishedVersion": "struck by a trigger", "journal.CatalogueVersion": "numbers",
}  # fmt: skip


def test_every_table_with_text_is_looked_after():
    texts = {"CharField", "TextField", "JSONField", "URLField", "EmailField", "SlugField", "BinaryField"}
    with_text = {
        model._meta.label
        for model in own_models()
        if {field.get_internal_type() for field in model._meta.concrete_fields if not field.choices} & texts
    }
    offered = {place.model for place in places.known()}
    entries = {table.label for table in registry.tables().values() if not table.is_kept}
    assert with_text - offered - entries - NO_PLACE.keys() == set()


def test_the_papers_name_every_period_and_command():
    paper = (ROOT / "docs" / "privacy.md").read_text()
    told = {row[0] for row in table_rows("settings.md")}
    for name in (*(one.setting for one in periods.known() if one.setting), "SERVER_LOG_DAYS"):
        assert name in paper
        assert name in told
    for command in ("anonymise_person", "anonymise_account", "give_data", "delete_expired", "erase_again"):
        assert command in paper


def test_rules():
    with refused("erasure_subject_known"):
        Erasure.objects.create(subject="pet", which="1", at=NOW)
    Erasure.objects.create(subject="account", which="1", at=NOW)
    with refused("erasure_once"):
        Erasure.objects.create(subject="account", which="1", at=NOW)
    with refused("disclosure_subject_known"):
        Disclosure.objects.create(subject="pet", which="1", by=User.objects.create(username="x"))
