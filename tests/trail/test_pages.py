"""Histories as editors read them, and the pages that ask before something is walked back."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from events.models import Event, Participation, Source, Topic
from speakers.models import Speaker
from tests import factories as make
from tests.accounts.cast import make_people
from tests.trail.hands import new_step, step
from trail.acting import acting
from trail.models import Change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def editor():
    return User.objects.create_superuser("erna", first_name="Erna", last_name="Schmidt")


@pytest.fixture
def signed_in(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def event():
    bodies = [make.OrganisationFactory(name=name) for name in ("Bitkom", "Messe Musterstadt")]
    with step():
        event = make.EventFactory(
            title="Tagung", description="Es gibt Kaffee und Kuchen.", organisers=bodies[:1]
        )
        make.SourceFactory(event=event, title="Programmheft")
    return event


def history_of(thing):
    return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_history", args=[thing.pk])


def words(answer):
    """What the page says between its markup, steps as lists of lines."""
    text = answer.content.decode()
    found = []
    begins = r'<(?:li|section) class="trail__step">'
    for one in re.findall(rf"{begins}(.*?)(?={begins}|</ol>|<form)", text, re.S):
        lines = re.findall(r'<li class="trail__line[^>]*>(.*?)</li>', one, re.S)
        found.append([" ".join(re.sub(r"<[^>]+>", "", line).split()) for line in lines])
    return found


def test_a_step_says_who_when_why_and_what(signed_in, editor, event):
    with step(), acting(editor, "Angaben des Veranstalters"):
        Event.objects.update(
            mode="hybrid", online_url="https://tagung.example", sold_out=True, attendees=1500
        )
    page = signed_in.get(history_of(event)).content.decode()
    assert "Erna Schmidt" in page
    assert "Angaben des Veranstalters" in page
    assert words(signed_in.get(history_of(event)))[0] == [
        "Ausgebucht: Nein → Ja",
        "Durchführung: Vor Ort → Vor Ort und online",
        "Adresse des Online-Teils: https://tagung.example",
        "Teilnehmende insgesamt: 1500",
    ]


def test_rows_are_told_by_name_and_role(signed_in, event):
    other = make.OrganisationFactory(name="KGSt")
    with step():
        Participation.objects.update(role="partner")
        make.ParticipationFactory(event=event, organisation=other, role="co_organiser", position=1)
        Source.objects.all().delete()
    assert words(signed_in.get(history_of(event)))[0] == [
        "Veranstalter: Bitkom: Rolle: Veranstalter → Partner",
        "Mitveranstalter: KGSt hinzugefügt",
        "Quelle: Programmheft entfernt",
    ]
    assert words(signed_in.get(f"/en{history_of(event)}"))[0][1] == "Co-organiser: KGSt added"


def test_long_texts_are_told_word_by_word(signed_in, event):
    with step():
        Event.objects.update(description="Es gibt Tee und Kuchen, am Abend auch Kaffee.")
    page = signed_in.get(history_of(event)).content.decode()
    assert "Es gibt <del>Kaffee </del><ins>Tee </ins>und <del>Kuchen.</del>" in page


def test_what_was_linked_and_is_gone_keeps_its_name(signed_in, event):
    topic = make.TopicFactory(name_de="Registermodernisierung")
    with step():
        link = make.EventTopicFactory(event=event, topic=topic)
    with step():
        link.delete()
    with step():
        topic.delete()
    assert words(signed_in.get(history_of(event)))[0] == [
        "Thema der Veranstaltung: Registermodernisierung entfernt"
    ]


def test_who_was_anonymised_has_no_name_in_a_history(signed_in, event):
    from speakers.actions import anonymise

    speaker = make.SpeakerFactory(given_name="Ada", family_name="Namhaft")
    with step():
        make.AppearanceFactory(event=event, speaker=speaker, office="Sprecherin")
    with step():
        anonymise(speaker)
    for thing in (event, speaker):
        page = signed_in.get(history_of(thing)).content.decode()
        assert "Namhaft" not in page
        assert "namhaft" not in page
    assert "Was hier stand, ist gelöscht worden." in signed_in.get(history_of(speaker)).content.decode()


@pytest.mark.parametrize("number", [1, 4])
def test_a_history_needs_the_same_queries_for_any_number_of_steps(
    number, signed_in, event, django_assert_num_queries
):
    for n in range(number):
        with step():
            Event.objects.update(title=f"Titel {n}")
            make.ParticipationFactory(event=event)
    # Session, account, the entry; steps and their number, changes, rows, two kinds of names, other entries.
    with django_assert_num_queries(10):
        signed_in.get(history_of(event))


def test_a_long_history_has_pages(signed_in, event):
    for n in range(21):
        with step():
            Event.objects.update(title=f"Titel {n}")
    first, second = (signed_in.get(history_of(event), {"p": p}) for p in (1, 2))
    assert (len(words(first)), len(words(second))) == (20, 2)
    assert words(second)[0] == ["Titel: Tagung → Titel 0"]


def test_a_step_is_undone_after_a_question(signed_in, editor, event):
    with step() as number:
        Event.objects.update(title="Neu")
    url = reverse("admin:trail_undo", args=[number])
    assert words(signed_in.get(url)) == [["Titel: Neu → Tagung"]]
    assert Event.objects.get().title == "Neu"
    new_step()
    assert signed_in.post(url).url == history_of(event)
    assert Event.objects.get().title == "Tagung"
    last = Change.objects.filter(table="events_event").latest("pk")
    assert (last.actor, last.reason[:33]) == (editor, "Rückgängig gemacht: Schritt vom 2")


def test_a_question_says_what_stands_in_the_way(signed_in, event):
    with step() as number:
        Event.objects.update(title="Neu")
    with step():
        Event.objects.update(title="Noch neuer")
    url = reverse("admin:trail_undo", args=[number])
    assert "Veranstaltung: Noch neuer (Titel): Seitdem geändert." in signed_in.get(url).content.decode()
    assert signed_in.post(url).status_code == 200
    assert Event.objects.get().title == "Noch neuer"


def test_who_undoes_an_addition_is_led_to_what_is_deleted(signed_in):
    with step() as number:
        make.TopicFactory()
    assert signed_in.post(reverse("admin:trail_undo", args=[number])).url == "/admin/events/topic/deleted/"
    assert not Topic.objects.exists()


def test_an_earlier_version_is_restored_but_for_its_state(signed_in, event):
    change = Change.objects.filter(noun="event").latest("pk").pk
    with step():
        Event.objects.update(title="Neu", state="withdrawn")
    url = reverse("admin:trail_restore", args=["event", event.pk, change])
    assert words(signed_in.get(url)) == [["Titel: Neu → Tagung"]]
    new_step()
    signed_in.post(url, {"_reason": "War besser"})
    assert Event.objects.values_list("title", "state").get() == ("Tagung", "withdrawn")
    assert Change.objects.filter(table="events_event").latest("pk").reason == "War besser"


def test_a_deleted_entry_is_listed_and_recovered(signed_in, editor, event):
    key = event.pk
    with step(), acting(editor, "Doppelt"):
        Event.objects.get().delete()
    page = signed_in.get("/admin/events/event/deleted/").content.decode()
    assert re.search(r"<h2>Tagung</h2>.*Gelöscht am .*Erna Schmidt: Doppelt", page, re.S)
    url = reverse("admin:trail_recover", args=[Change.objects.get(kind="delete", table="events_event").pk])
    assert url in page
    new_step()
    assert signed_in.post(url).url == reverse("admin:events_event_history", args=[key])
    assert Event.objects.get().sources.get().title == "Programmheft"
    assert "Tagung" not in signed_in.get("/admin/events/event/deleted/").content.decode().split("<main")[1]


def test_the_list_leads_to_what_was_deleted(signed_in):
    assert 'href="/admin/events/event/deleted/"' in signed_in.get("/admin/events/event/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_deleted_ones_need_the_same_queries_for_any_number(number, signed_in, django_assert_num_queries):
    make.TopicFactory.create_batch(number)
    Topic.objects.all().delete()
    with django_assert_num_queries(4):
        assert len(signed_in.get("/admin/events/topic/deleted/").context["entries"]) == number


def test_nothing_is_found_at_wrong_addresses(signed_in, event):
    large = 10**20
    for url in (
        "/admin/trail/undo/0/", f"/admin/trail/undo/{large}/", f"/admin/trail/recover/{large}/",
        f"/admin/trail/restore/event/{event.pk}/{large}/", f"/admin/trail/restore/nichts/{event.pk}/1/",
        f"/admin/events/event/{large}/history/", f"/admin/events/event/{event.pk + 1}/history/",
    ):  # fmt: skip
        assert signed_in.get(url).status_code == 404, url


# -- rights ----------------------------------------------------------------------------------------


def test_a_member_reaches_no_history_of_others(client):
    people = make_people()
    client.force_login(people.member)
    assert client.get(history_of(people.ours["published"])).status_code == 200
    assert client.get(history_of(people.theirs["published"])).status_code == 404


def test_a_member_undoes_nothing_that_touches_others(client):
    people = make_people()
    with step() as number:
        Event.objects.filter(pk__in=[people.ours["published"].pk, people.theirs["published"].pk]).update(
            subtitle="Neu"
        )
    client.force_login(people.member)
    url = reverse("admin:trail_undo", args=[number])
    for answer in (client.get(url), client.post(url)):
        assert answer.status_code == 403
        assert people.theirs["published"].title not in answer.content.decode()
    assert set(Event.objects.filter(subtitle="Neu")) == {people.ours["published"], people.theirs["published"]}


def test_who_may_not_publish_does_not_do_so_by_undoing(client):
    people = make_people()
    with step() as number:
        Event.objects.filter(pk=people.ours["published"].pk).update(state="withdrawn")
    client.force_login(people.member)
    assert client.post(reverse("admin:trail_undo", args=[number])).status_code == 403
    assert Event.objects.get(pk=people.ours["published"].pk).state == "withdrawn"


def test_a_member_sees_of_deleted_entries_only_what_they_deleted(client):
    people = make_people()
    title, key = people.theirs["published"].title, people.theirs["published"].pk
    Participation.objects.filter(event=key).delete()
    with step():
        Event.objects.get(pk=key).delete()
    client.force_login(people.member)
    assert title not in client.get("/admin/events/event/deleted/").content.decode()
    change = Change.objects.get(table="events_event", kind="delete")
    assert client.get(reverse("admin:trail_recover", args=[change.pk])).status_code == 403


def test_who_only_looks_on_is_offered_no_way_back(client, event):
    user = User.objects.create_user("gast", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_event", "every_entry"]))
    client.force_login(user)
    page = client.get(history_of(event)).content.decode()
    assert "Tagung" in page
    assert "/admin/trail/" not in page
    assert Speaker.objects.count() == 0
