"""The entry of an open form goes: what was typed is shown, and can be kept."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from curation.merging.actions import merge
from events.models import Event, Source
from organisations.models import Organisation
from speakers.actions import anonymise
from speakers.models import Speaker
from tests import factories as make
from tests.accounts.cast import make_people
from tests.editing import answer, errors_of, row
from tests.trail.hands import step
from tests.trail.meanwhile.forms import Form, clash, edit, told
from trail.acting import acting
from trail.models import Change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def limited():
    """May change whatever they see, but add nothing."""
    made = User.objects.create_user("lisa", is_staff=True)
    names = ("change_event", "view_event", "every_entry", "view_organisation")
    made.user_permissions.add(*Permission.objects.filter(codename__in=names))
    return made


def delete(thing, by):
    with step(), acting(by):
        type(thing).objects.filter(pk=thing.pk).delete()


def text(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.rendered_content).split())


def typed(page):
    return {one.where: one.lines for one in page.context_data["typed"]}


def press(page, button, by):
    """Sends what one of the two buttons sends."""
    data = {}
    for name, value in page.context_data[f"{button}_fields"]:
        data.setdefault(name, []).append(value)
    address = page.context_data["add_url"] if button == "add" else page.at
    with step(), acting(by):
        return answer("post", address, data, by)


def sent(form, **values):
    page = form.save(**values)
    page.at = form.url
    return page


def test_it_is_told_who_deleted_it_and_what_was_typed(event, erna, otto):
    make.SourceFactory(event=event, title="Programmheft", url="https://heft.example", position=0)
    form = Form(event, otto)
    delete(event, erna)
    page = sent(form, title="Ottos Titel", languages=["de", "en"], summary="", sources__0__publisher="Stadt",
                **row("sources", 1, title="Presse", url="https://presse.example"))  # fmt: skip
    assert page.status_code == 409
    assert re.search(
        r"Erna Schmidt \(\d[^)]+\) has removed this entry while you had its form open. Nothing was",
        text(page),
    )
    assert page.context_data["title"] == "Not saved: “Tagung” is not there any more"
    assert typed(page) == {
        "": [("Title", "Ottos Titel"), ("Summary", ""), ("Languages", "German, English")],
        "Source: Programmheft": [("Publisher", "Stadt")],
        "Source": [("Address", "https://presse.example"), ("Title", "Presse")],
    }
    assert not Event.objects.exists()


def test_it_comes_back_with_all_that_was_typed(event, erna, otto):
    for number, name in enumerate(("Programmheft", "Presse", "Website")):
        make.SourceFactory(event=event, title=name, url=f"https://{number}.example", position=number)
    form = Form(event, otto)
    edit(event, erna, attendees=200)
    delete(event, erna)
    new = row("sources", 3, title="Neu", url="https://neu.example")
    page = sent(form, title="Ottos Titel", sources__0__title="Heft", sources__1__DELETE="on", **new)
    done = press(page, "return", otto)
    assert done.status_code == 302
    assert done.url == form.url
    assert told(done)[0] == "The entry is there again."
    found = Event.objects.get()
    assert (found.pk, found.title, found.attendees) == (event.pk, "Ottos Titel", 200)
    assert list(Source.objects.values_list("title", flat=True)) == ["Heft", "Website", "Neu"]
    assert {
        change.actor for change in Change.objects.filter(transaction=Change.objects.latest("pk").transaction)
    } == {otto}


def test_what_was_changed_before_it_went_is_still_asked_about(event, erna, otto):
    form = Form(event, otto)
    edit(event, erna, title="Ernas Titel")
    delete(event, erna)
    page = press(sent(form, title="Ottos Titel"), "return", otto)
    assert clash(page, "title") == [
        "Erna Schmidt has changed this meanwhile. It says now: “Ernas Titel”. Save again to replace it."
    ]
    assert Event.objects.get().title == "Ernas Titel"
    assert form.save_again(page).status_code == 302
    assert Event.objects.get().title == "Ottos Titel"


def test_what_was_typed_fills_in_the_form_of_a_new_entry(event, erna, otto):
    make.SourceFactory(event=event, title="Programmheft", url="https://heft.example", position=0)
    make.SourceFactory(event=event, title="Presse", url="https://presse.example", position=1)
    form = Form(event, otto)
    delete(event, erna)
    page = sent(form, title="Ottos Titel", sources__1__DELETE="on")
    assert page.context_data["add_url"] == reverse("admin:events_event_add")
    filled = press(page, "add", otto)
    assert (filled.status_code, list(errors_of(filled))) == (200, ["__all__"])
    assert errors_of(filled)["__all__"][0].startswith("Nothing has been saved yet:")
    assert not Event.objects.exists()
    shown = filled.context_data["adminform"].form
    assert shown["title"].value() == "Ottos Titel"
    form.url = page.context_data["add_url"]
    form.data = {name: shown.data.getlist(name) for name in shown.data if name != "_filled"}
    for inline in filled.context_data["inline_admin_formsets"]:
        form.data |= {
            name: inline.formset.data.getlist(name) for name in inline.formset.data if name != "_filled"
        }
    assert form.save().status_code == 302
    made = Event.objects.get()
    assert made.pk != event.pk
    assert (made.title, [source.title for source in made.sources.all()]) == ("Ottos Titel", ["Programmheft"])


def test_a_new_entry_is_not_offered_to_who_may_add_none(event, erna, limited):
    form = Form(event, limited)
    delete(event, erna)
    page = sent(form, title="Lisas Titel")
    assert page.status_code == 409
    assert not {"add_fields", "return_fields"} & page.context_data.keys()
    assert typed(page)[""] == [("Title", "Lisas Titel")]
    assert "<form method" not in page.rendered_content.split('class="gone"')[1]
    form.save(_return="1")
    assert not Event.objects.exists()


def test_of_removals_nobody_learns_who_may_not_read_of_them(erna):
    people = make_people()
    event = people.ours["draft"]
    form = Form(event, people.member)
    edit(event, erna, summary="Vertraulich.")
    delete(event, erna)
    page = sent(form, title="Anders")
    assert page.status_code == 409
    assert "This entry is not there any more, or no longer yours to see." in text(page)
    assert "Erna" not in text(page)
    assert "Vertraulich" not in page.rendered_content
    assert "return_fields" not in page.context_data
    assert ("Title", "Anders") in typed(page)[""]
    assert sent(form, _return="1").status_code == 409
    assert not Event.objects.filter(pk=event.pk).exists()


def test_who_may_not_publish_does_not_bring_back_what_was_public(erna):
    people = make_people()
    form = Form(people.ours["published"], people.editor)
    delete(people.ours["published"], erna)
    page = sent(form, title="Anders")
    assert "return_fields" not in page.context_data
    assert "add_fields" in page.context_data


def test_a_merged_entry_names_the_one_that_it_is_part_of_now(body, erna, otto):
    keep = make.OrganisationFactory(name="Bitkom e. V.")
    form = Form(body, otto)
    with step(), acting(erna):
        merge(keep, body, {}, {})
    page = sent(form, summary="Ottos Worte.")
    address = reverse("admin:organisations_organisation_change", args=[keep.pk])
    assert page.context_data["told"].heir == (address, "Bitkom e. V.")
    assert not {"add_fields", "return_fields"} & page.context_data.keys()
    assert "Its address leads to another entry by now." in text(page)
    assert typed(page) == {"": [("Summary", "Ottos Worte.")]}
    assert Organisation.objects.get() == keep


def test_somebody_who_was_erased_is_not_repeated(erna, otto):
    person = make.SpeakerFactory(given_name="Anna", family_name="Muster", slug="anna-muster")
    form = Form(person, otto)
    with step(), acting(erna):
        anonymise(person)
    page = sent(form, description="Leitet das Amt.")
    assert page.status_code == 410
    assert "This entry was erased for good while its form was open." in text(page)
    for word in ("Anna", "Muster", "Leitet"):
        assert word not in page.rendered_content
    assert not {"add_fields", "return_fields", "typed"} & page.context_data.keys()
    assert Speaker.objects.get().description == ""


@pytest.mark.parametrize("then", ["deleted", "forgotten"])
def test_who_was_erased_and_then_deleted_does_not_come_back(then, erna, otto):
    person = make.SpeakerFactory(given_name="Anna", family_name="Muster", slug="anna-muster")
    form = Form(person, otto)
    with step(), acting(erna):
        anonymise(person)
    delete(person, erna)
    if then == "forgotten":
        Change.objects.all().delete()
    for button in ({}, {"_return": "1"}):
        page = sent(form, description="Leitet das Amt.", **button)
        assert page.status_code == 410
        assert "Muster" not in page.rendered_content
    assert not Speaker.objects.exists()


def test_a_form_that_became_read_only_meanwhile_keeps_what_was_typed(erna):
    people = make_people()
    event = people.written["draft"]
    form = Form(event, people.author)
    edit(event, erna, state="published", summary="Ernas Worte.")
    page = sent(form, title="Anders")
    assert page.status_code == 409
    assert "has come into a state in which you may not change it" in text(page)
    assert typed(page) == {"": [("Title", "Anders")]}
    assert not {"add_fields", "return_fields"} & page.context_data.keys()
    event.refresh_from_db()
    assert event.title == "Verfassttagung draft"


def test_who_may_change_nothing_is_refused_as_ever(event, erna):
    reader = User.objects.create_user("lisa", is_staff=True)
    reader.user_permissions.add(*Permission.objects.filter(codename__in=("view_event", "every_entry")))
    form = Form(event, erna)
    form.by = reader
    for _turn in range(2):
        with pytest.raises(PermissionDenied):
            form.save(title="Anders")
        delete(event, erna)


def test_an_entry_that_never_was_and_a_look_at_one_that_is_gone(event, erna, otto):
    form = Form(event, otto)
    form.url = reverse("admin:events_event_change", args=[event.pk + 1])
    assert "This entry is not there any more" in text(sent(form, title="Anders"))
    delete(event, erna)
    assert answer("get", reverse("admin:events_event_change", args=[event.pk]), by=otto).status_code == 302


def test_chosen_files_have_to_be_chosen_again(event, erna, otto):
    form = Form(event, otto)
    delete(event, erna)
    assert "choose them once more" not in text(sent(form, title="Anders"))
    page = sent(form, image=SimpleUploadedFile("bild.png", b"kein Bild"))
    assert "You have chosen files as well." in text(page)
    assert typed(page)[""] == [("Title", "Anders"), ("Image", "bild.png")]


def test_in_german(event, erna, otto):
    with translation.override("de"):
        form = Form(event, otto)
        delete(event, erna)
        page = sent(form, title="Ottos Titel")
        assert "hat diesen Eintrag entfernt, während Sie das Formular offen hatten." in text(page)
        assert "Eintrag mit Ihren Eingaben wiederherstellen" in page.rendered_content
