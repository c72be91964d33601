import datetime as dt

from events.history import Change
from events.outputs import atom
from tests import golden
from tests.events.outputs import cast
from tests.events.outputs.cast import ENGLISH
from tests.events.outputs.validators import read_xml

ATOM = "{http://www.w3.org/2005/Atom}"


def parse(events, **about):
    return read_xml(atom.document(events, cast.feed(suffix="atom", **about)))


def entries(events, **about):
    return parse(events, **about).findall(ATOM + "entry")


def test_a_list_is_told_as_before():
    golden.check("list.atom", atom.document(cast.everybody(), cast.feed(suffix="atom")))


def test_a_list_in_english_is_told_as_before():
    events = [cast.fair(), cast.hostile(), cast.vague()]
    golden.check("list_en.atom", atom.document(events, cast.feed(ENGLISH, "atom")))


def test_an_empty_feed_was_updated_now():
    assert parse([]).findtext(ATOM + "updated") == "2027-03-01T09:00:00+00:00"


def test_a_feed_was_updated_with_its_latest_entry():
    assert parse([cast.fair()]).findtext(ATOM + "updated") == "2027-02-03T04:05:06+00:00"


def test_the_pages_of_a_feed_have_one_name_and_know_each_other():
    first = "https://kongresse.example.org/veranstaltungen.atom?when=all"
    pages = [parse([], first=first, next=f"{first}&page=2"), parse([], first=first, previous=first)]
    assert len({page.findtext(ATOM + "id") for page in pages}) == 1
    links = {link.get("rel"): link.get("href") for link in pages[0].findall(ATOM + "link")}
    assert links["next"] == f"{first}&page=2"
    assert "previous" not in links


def test_an_entry_is_named_by_the_events_uid():
    event = cast.fair()
    (entry,) = entries([event])
    assert entry.findtext(ATOM + "id") == f"urn:uuid:{event.uid}"


def test_a_summary_says_what_became_of_the_event_then_when_and_where():
    (entry,) = entries([cast.rescheduled()])
    assert entry.findtext(ATOM + "summary") == (
        "Die Veranstaltung hat einen neuen Termin. "
        "Ursprünglich geplant: November 2026; 30. März – 1. April 2027 "
        "14.–15. September 2027 · Kongresshalle, Musterstraße 1, 10115 Berlin"
    )


def changed(number, kind, text):
    return Change(dt.datetime(2027, 2, number, 9, tzinfo=dt.UTC), number, kind, text)


def test_an_entry_says_what_changed_last_and_what_before():
    event = cast.fair()
    history = [
        changed(3, "sold-out", "Ausgebucht"),
        changed(3, "title", "Titel geändert"),
        changed(2, "venue", "Neuer Ort"),
        changed(1, "published", "Eintrag veröffentlicht"),
        Change(None, 0, "rescheduled", "Termin verlegt"),
    ]
    document = atom.document([event], cast.feed(suffix="atom"), {event.pk: history})
    (entry,) = read_xml(document).findall(ATOM + "entry")
    assert entry.findtext(ATOM + "summary").startswith("Zuletzt geändert: Ausgebucht; Titel geändert. ")
    assert entry.findtext(ATOM + "content").partition("\n\nWas sich geändert hat:\n")[2].splitlines() == [
        "3. Februar 2027: Ausgebucht",
        "3. Februar 2027: Titel geändert",
        "2. Februar 2027: Neuer Ort",
        "Termin verlegt",
    ]


def test_an_entry_that_was_only_published_says_nothing_of_changes():
    event = cast.fair()
    history = {event.pk: [changed(1, "published", "Eintrag veröffentlicht")]}
    about = cast.feed(suffix="atom")
    assert atom.document([event], about, history) == atom.document([event], about)


def test_a_date_that_no_longer_holds_is_told_as_the_former_one_only():
    (entry,) = entries([cast.postponed()])
    assert entry.findtext(ATOM + "summary").count("9. Mai 2027") == 1


def test_only_what_has_a_day_leads_to_a_calendar():
    events = entries([cast.fair(), cast.vague(), cast.postponed()])
    calendars = [entry.find(f"{ATOM}link[@type='text/calendar']") is not None for entry in events]
    assert calendars == [True, False, False]


def test_a_hostile_title_stays_text():
    (entry,) = entries([cast.hostile()])
    assert entry.findtext(ATOM + "title") == 'A < B & C, D; E "F" \\N </script> =cmd|'


def test_a_german_title_in_the_english_feed_says_so():
    about = cast.feed(ENGLISH, "atom")
    told = read_xml(atom.document([cast.hybrid(), cast.fair()], about)).findall(ATOM + "entry")
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [entry.get(language) for entry in told] == ["de", None]
