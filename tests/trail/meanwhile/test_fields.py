"""Two editors at the same form: nobody takes back what somebody else has saved, unless they are told."""

import re
import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from events.models import Event
from organisations.models import Organisation
from tests import factories as make
from tests.editing import answer, errors_of
from tests.trail.hands import step
from tests.trail.meanwhile.forms import Form, clash, edit, told
from trail import registry
from trail.acting import acting
from trail.models import Change
from trail.undoing import undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

# {noun: an entry with something in every kind of field}, and what somebody else makes of it.
FULL = {
    "event": lambda: make.EventFactory(
        languages=["de"], formats=["congress"], start_time="09:00", attendees=10, hashtag="#A", is_free=None
    ),
    "organisation": lambda: make.OrganisationFactory(aliases=["A", "B"], state="DE-NW"),
    "series": lambda: make.SeriesFactory(summary="Eins\nZwei"),
    "speaker": lambda: make.SpeakerFactory(aliases=["A"]),
    "topic": make.TopicFactory,
    "venue": lambda: make.VenueFactory(latitude="50.123400", longitude="7.100000"),
}
OTHER = {
    "event": {
        "title": "Neu", "languages": ["en", "de"], "formats": [], "start_time": "10:30:15", "attendees": 1500,
        "hashtag": "", "is_free": True, "sold_out": True, "ends_on": "2027-12-24", "summary": "Eins\nZwei",
        "checked_on": "2027-02-03", "timezone": "Europe/Tallinn",
    },
    "organisation": {"aliases": ["B", "C"], "state": "DE-BE", "kind": "company"},
    "series": {"summary": "Eins\nDrei", "name": "Anders"},
    "speaker": {"aliases": [], "academic_title": "Dr."},
    "topic": {"name_de": "Anders", "summary": "Neu"},
    "venue": {"latitude": "51.5", "longitude": "7.25", "city": "Bonn"},
}  # fmt: skip


def test_without_interference_all_is_written_as_ever_for_two_queries_more(body, erna):
    Form(body, erna).save(name="Zum Aufwärmen")
    costs = {}
    for since in ("as shown", None):
        form = Form(body, erna)
        if since is None:
            form.type(_since=None)
        with CaptureQueriesContext(connection) as asked:
            page = form.save(name=f"Neu: {since}")
        costs[since] = len(asked)
        assert (page.status_code, len(told(page))) == (302, 1)
        assert Organisation.objects.get().name == f"Neu: {since}"
    assert costs["as shown"] - costs[None] == 2
    assert set(Change.objects.latest("pk").before) == {"name"}


def test_what_one_left_alone_stays_as_the_other_saved_it(event, erna, otto):
    first, second = Form(event, erna), Form(event, otto)
    first.save(title="Tagung 2027", languages=["de", "en"], starts_on="2027-03-09", attendees="")
    page = second.save(summary="Lang.")
    assert page.status_code == 302
    found = Event.objects.get()
    assert (found.title, found.languages, str(found.starts_on)) == ("Tagung 2027", ["de", "en"], "2027-03-09")
    assert (found.summary, found.attendees) == ("Lang.", None)
    kept = re.fullmatch(
        r"Changed while the form was open, and kept: (.*) \(Erna Schmidt\)\. History", told(page)[1]
    )
    assert set(kept[1].split(", ")) == {"Title", "Languages", "First day", "Attendees in all"}
    assert reverse("admin:events_event_history", args=[event.pk]) in str(page.messages[1])
    assert Change.objects.latest("pk").before == {"summary": "Kurz."}


def test_what_both_changed_is_asked_about_and_then_replaced(body, erna, otto):
    form = Form(body, otto)
    edit(body, erna, name="Ernas Name", summary="Ernas Worte.")
    page = form.save(name="Ottos Name", description="Viel getippt.\r\nZweite Zeile.")
    said = "Erna Schmidt has changed this meanwhile. It says now: “Ernas Name”. Save again to replace it."
    assert clash(page, "name") == [said]
    assert list(errors_of(page)) == ["name"]
    shown = page.context_data["adminform"].form
    assert [shown[name].value() for name in ("name", "summary")] == ["Ottos Name", "Ernas Worte."]
    assert shown["description"].value() == "Viel getippt.\r\nZweite Zeile."
    assert Organisation.objects.values_list("name", "description").get() == ("Ernas Name", "")
    assert told(page)[0].startswith("Changed while the form was open, and kept: Summary")
    again = form.save_again(page)
    assert (again.status_code, len(told(again))) == (302, 1)
    found = Organisation.objects.get()
    assert (found.name, found.summary) == ("Ottos Name", "Ernas Worte.")
    assert "Zweite Zeile." in found.description


def test_who_saves_again_is_asked_anew_of_what_came_since(body, erna, otto):
    form = Form(body, otto)
    edit(body, erna, name="Ernas Name")
    page = form.save(name="Ottos Name")
    edit(body, erna, name="Ernas zweiter Name")
    page = form.save_again(page)
    assert "It says now: “Ernas zweiter Name”" in clash(page, "name")[0]
    assert form.save_again(page).status_code == 302
    assert Organisation.objects.get().name == "Ottos Name"


def test_both_to_the_same_is_no_matter(body, erna, otto):
    form = Form(body, otto)
    edit(body, erna, name="Derselbe")
    page = form.save(name="Derselbe")
    assert (page.status_code, len(told(page))) == (302, 1)


def test_what_returned_to_what_was_shown_is_no_change(body, erna, otto):
    form = Form(body, otto)
    for name in ("Anders", "Bitkom"):
        edit(body, erna, name=name)
    page = form.save(name="Ottos Name")
    assert (page.status_code, len(told(page))) == (302, 1)


def test_changes_without_a_name_count_the_same(body, otto):
    form = Form(body, otto)
    edit(body, None, name="Von Hand", summary="")
    page = form.save(name="Ottos Name", summary="Ottos Worte.")
    assert clash(page, "name")[0].startswith("Somebody has changed this meanwhile. It says now: “Von Hand”.")
    assert clash(page, "summary") == [
        "Somebody has emptied this meanwhile. Save again to replace it by yours."
    ]


def test_an_undone_step_counts_the_same(body, otto):
    with step() as number:
        edit(body, None, name="Falsch")
    form = Form(body, otto)
    with step():
        undo(number)
    assert form.save(summary="Lang.").status_code == 302
    assert Organisation.objects.values_list("name", "summary").get() == ("Bitkom", "Lang.")


def test_choices_are_told_by_their_names(body, erna, otto):
    above, other = make.OrganisationFactory.create_batch(2)
    form = Form(body, otto)
    edit(body, erna, parent=above, kind="company", aliases=["Digitalverband", "BITKOM"])
    page = form.save(parent=str(other.pk), kind="media", aliases="Branchenverband")
    assert f"It says now: “{above}”" in clash(page, "parent")[0]
    assert "It says now: “Company”" in clash(page, "kind")[0]
    assert "It says now: “Digitalverband, BITKOM”" in clash(page, "aliases")[0]


def test_of_a_long_text_the_history_tells_the_rest(body, erna, otto):
    form = Form(body, otto)
    edit(body, erna, description="Wort & " * 100)
    text = errors_of(form.save(description="Ottos Text"))["description"][0]
    assert "Wort &amp; Wort" in text
    assert len(text) < 900
    history = reverse("admin:organisations_organisation_history", args=[body.pk])
    assert f'<a href="{history}" target="_blank">' in text


def test_a_picture_that_both_changed_is_chosen_again(event, erna, otto):
    left, cleared = Form(event, otto), Form(event, otto)
    edit(event, erna, image="bilder/a/b.jpg", image_alt="Saal", image_credit="Erna", image_licence="CC0")
    page = cleared.save(image__clear="on")
    assert clash(page, "image") == [
        "Erna Schmidt has changed this meanwhile. Choose your file again and save to replace it."
    ]
    page = left.save(title="Ottos Titel")
    assert page.status_code == 302
    assert "kept: Image, Text alternative of the image" in told(page)[1]
    assert Event.objects.get().image == "bilder/a/b.jpg"


def test_lines_that_end_otherwise_are_no_change(body, erna, otto):
    edit(body, None, description="Eins\nZwei")
    form = Form(body, otto)
    edit(body, erna, description="Eins\nDrei")
    assert form.save(description="Eins\r\nZwei", summary="Lang.").status_code == 302
    assert Organisation.objects.get().description.split() == ["Eins", "Drei"]


def test_ones_own_save_in_another_window_is_not_asked_about_nor_lost(body, erna):
    form = Form(body, erna)
    edit(body, erna, name="Erster", summary="Neu.")
    assert form.save(name="Zweiter").status_code == 302
    assert Organisation.objects.values_list("name", "summary").get() == ("Zweiter", "Neu.")


def test_twice_sent_is_once_said(body, erna):
    form = Form(body, erna)
    for _time in "ab":
        page = form.save(name="Zweimal geklickt")
        assert (page.status_code, len(told(page))) == (302, 1)


@pytest.mark.parametrize("since", [None, "x", "9" * 30, "²"])
def test_what_does_not_say_when_it_was_shown_is_saved_as_before(since, body, erna, otto):
    form = Form(body, otto)
    edit(body, erna, name="Ernas Name")
    assert form.save(summary="Lang.", _since=since).status_code == 302
    assert Organisation.objects.get().name == "Bitkom"


def test_what_is_wrong_besides_is_said_with_it_and_the_rest_stays_put(body, erna, otto):
    form = Form(body, otto)
    edit(body, erna, name="Ernas Name", summary="Ernas Worte.")
    page = form.save(name="Ottos Name", wikidata="falsch")
    assert list(errors_of(page)) == ["name", "wikidata"]
    assert form.save_again(page, wikidata="Q1").status_code == 302
    assert Organisation.objects.values_list("name", "summary").get() == ("Ottos Name", "Ernas Worte.")


def test_a_field_that_says_itself_what_it_showed_says_what_it_shows_now(body, erna, otto):
    form = Form(body, otto).type(initial__country="DE")
    edit(body, erna, country="AT")
    page = form.save(country="CH")
    assert clash(page, "country")
    # Now it is typed as it was shown at first.
    assert form.save_again(page, country="DE").status_code == 302
    assert Organisation.objects.get().country == "DE"


def test_what_was_erased_is_not_written_again(body, otto):
    """Nobody knows what the form showed: what it says is taken as typed."""
    form = Form(body, otto)
    edit(body, None, name="Ohne Namen")
    Change.objects.filter(kind="update").update(before=None)
    page = form.save(summary="Lang.")
    assert "It says now: “Ohne Namen”" in clash(page, "name")[0]
    assert Organisation.objects.get().name == "Ohne Namen"


def test_a_button_that_goes_a_step_saves_under_the_same_rules(erna, otto):
    event = make.EventFactory(title="Tagung", state="draft")
    form = Form(event, otto)
    edit(event, erna, title="Ernas Titel", summary="Ernas Worte.")
    page = form.save(title="Ottos Titel", _publish="1")
    assert (list(errors_of(page)), Event.objects.get().state) == (["title"], "draft")
    assert form.save_again(page, _publish="1").status_code == 302
    assert (Event.objects.get().state, Event.objects.get().summary) == ("published", "Ernas Worte.")


def test_a_new_entry_is_asked_nothing(erna):
    page = answer("get", reverse("admin:organisations_organisation_add"), by=erna).context_data
    assert page["since"] is None


@pytest.mark.parametrize("noun", ["event", "organisation", "series", "speaker", "topic", "venue"])
def test_what_the_trail_kept_of_any_field_is_what_the_form_showed(noun, erna, otto):
    """A form sent back as it was shown takes back nothing at all, whatever was changed."""
    thing = FULL[noun]()
    form = Form(thing, otto)
    own = registry.model_of(noun).objects.filter(pk=thing.pk)
    before = own.values().get()
    with acting(erna):
        own.update(**OTHER[noun])
    after = own.values().get()
    page = form.save()
    assert (page.status_code, errors_of(page)) == (302, {})
    assert own.values().get() | {"modified_at": after["modified_at"]} == after
    assert {name for name in before if before[name] != after[name]} >= set(OTHER[noun])


@pytest.mark.django_db(transaction=True)
def test_of_two_that_save_at_the_same_moment_the_second_is_asked():
    event = make.EventFactory(title="Tagung")
    people = [User.objects.create_superuser(name) for name in ("erna", "otto")]
    forms = [Form(event, person) for person in people]
    together, pages = threading.Barrier(2), {}

    def save(form):
        together.wait()
        try:
            with translation.override("en"):
                pages[form.by.username] = form.save(title=f"Titel von {form.by.username}")
        finally:
            connection.close()

    senders = [threading.Thread(target=save, args=[form]) for form in forms]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    first, second = sorted(pages, key=lambda name: pages[name].status_code, reverse=True)
    assert [pages[name].status_code for name in (first, second)] == [302, 200]
    assert f"{first} has changed this" in clash(pages[second], "title")[0]
    assert Event.objects.get().title == f"Titel von {first}"
