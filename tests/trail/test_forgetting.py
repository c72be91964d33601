"""Whoever is anonymised is forgotten by the trail too, whichever way it was done."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from events.models import Appearance, Event
from speakers.actions import anonymise
from speakers.models import Speaker
from tests.factories import AppearanceFactory, EventFactory, OrganisationFactory, SpeakerFactory
from tests.trail.hands import new_step, step
from trail.models import Change
from trail.planning import Conflict
from trail.undoing import restore, undo

pytestmark = pytest.mark.django_db
SAYS = {
    "given_name": "Erika",
    "family_name": "Müßiggang",
    "slug": "erika-muessiggang",
    "website": "https://erika.example",
}
TRACES = ("Erika", "Müßiggang", "muessiggang", "Schönwetter", "Geheimrätin", "erika.example")


def person():
    """With a past: other names, addresses and an office that was changed and one that was removed."""
    speaker = SpeakerFactory(**{**SAYS, "family_name": "Schönwetter", "slug": "erika-schoenwetter"})
    Speaker.objects.update(family_name="Müßiggang", slug="erika-muessiggang", aliases=["Erika Schönwetter"])
    event = EventFactory(description="Es spricht Erika Müßiggang.")
    for office in ("Geheimrätin im Amt", "Geheimrätin außer Dienst"):
        AppearanceFactory(
            event=event, speaker=speaker, office=office, role="host" if "Amt" in office else "speaker"
        )
    Event.objects.update(description="Es spricht jemand.")
    Appearance.objects.filter(role="host").update(organisation=OrganisationFactory(), office="Geheimrätin")
    Appearance.objects.filter(role="speaker").delete()
    speaker.refresh_from_db()
    return speaker


def all_of_it():
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(entry::text, ' ') FROM trail_change AS entry")
        return cursor.fetchone()[0]


def traces():
    text = all_of_it()
    return [word for word in TRACES if word in text]


def test_the_trail_holds_no_name_after_an_anonymisation():
    speaker = person()
    assert traces() != []
    anonymise(speaker)
    assert traces() == []


@pytest.mark.parametrize("blanks", ["\n", "\r\n", "  ", "\N{NO-BREAK SPACE}", "\n\t"])
def test_nor_where_a_line_ends_within_it(blanks):
    speaker = SpeakerFactory(**SAYS, aliases=['Erika "E+" Müßiggang'])
    told = ("Erika Müßiggang", 'Erika "E+" Müßiggang', "Erika\\nMeier")
    EventFactory(description="; ".join(name.replace(" ", blanks) for name in told))
    Event.objects.update(description="")
    anonymise(speaker)
    change = Change.objects.get(table="events_event", before__has_key="description")
    assert change.before["description"] == "–; –; Erika\\nMeier"


def test_nor_after_one_by_hand():
    speaker = person()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE speakers_speaker SET academic_title = '', given_name = '', family_name = '',"
            " aliases = '{}', description = '', website = '', wikidata = '', slug = 'anonym-1',"
            " anonymised_at = now()"
        )
        cursor.execute("UPDATE events_appearance SET office = '', organisation_id = NULL")
        cursor.execute("DELETE FROM addresses_formerslug")
    assert (speaker.pk, traces()) == (Speaker.objects.get().pk, [])


def test_entries_that_were_merged_into_the_person_are_forgotten_with_it():
    speaker, twin = person(), SpeakerFactory(given_name="Erika", family_name="Schönwetter")
    AppearanceFactory(speaker=twin, office="Geheimrätin")
    Appearance.objects.filter(speaker=twin).delete()
    twin.delete()
    anonymise(speaker)
    assert traces() == []


def test_other_people_are_not_forgotten():
    speaker = person()
    other = SpeakerFactory(given_name="Paul", family_name="Bleibtreu")
    AppearanceFactory(speaker=other, office="Landrat")
    Appearance.objects.update(office="Altlandrat")
    Speaker.objects.filter(pk=other.pk).update(family_name="Bleibtreu-Neu")
    anonymise(speaker)
    text = all_of_it()
    assert "Bleibtreu" in text
    assert "Landrat" in text


def test_no_step_brings_the_name_back():
    speaker = person()
    with step() as renamed:
        Speaker.objects.update(given_name="Erika Maria")
    with step() as erased:
        speaker.refresh_from_db()
        anonymise(speaker)
    for number in (renamed, erased):
        with pytest.raises(Conflict):
            undo(number)
    with pytest.raises(Conflict):
        restore("speaker", speaker.pk, 0)


def test_an_event_of_before_comes_back_without_the_name():
    speaker = person()
    event, latest = Event.objects.get(), Change.objects.latest("pk")
    new_step()
    Event.objects.update(title="Später")
    anonymise(speaker)
    new_step()
    restore("event", event.pk, latest.pk)
    assert Event.objects.get().title == event.title
    assert list(Appearance.objects.values_list("office", "organisation")) == [("", None)]
    assert traces() == []


def test_what_editors_rewrote_afterwards_is_struck_by_a_command(capsys):
    EventFactory(summary="Mit Erika Müßiggang.")
    Event.objects.update(summary="Mit Gästen.")
    call_command("strike_from_history", "Erika Müßiggang")
    assert Change.objects.latest("pk").before == {"summary": "Mit –."}
    assert "1" in capsys.readouterr().out


def test_words_that_stand_in_others_are_not_struck():
    with pytest.raises(CommandError):
        call_command("strike_from_history", "Ed")
