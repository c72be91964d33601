"""The list of suspected duplicates, the hint in a form and the page that merges, as editors meet them."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from curation.duplicates import suspects
from curation.models import Unlike
from events.models import Event
from organisations.models import Organisation
from tests import factories as make
from tests.accounts.cast import make_people
from tests.curation.test_duplicates_kept import examined
from tests.editing import send
from tests.trail.hands import step
from trail.undoing import undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
NAME = "Verband Kommunaler Rechenzentren"


@pytest.fixture
def twins():
    pair = (
        make.OrganisationFactory(name=NAME),
        make.OrganisationFactory(name=f"{NAME} e. V.", aliases=["VKRZ"]),
    )
    suspects.refresh()
    return pair


def address(name, *arguments):
    return reverse(f"admin:curation_{name}", args=arguments)


# -- the list --------------------------------------------------------------------------------------


def test_pairs_are_listed_with_their_reasons_and_ways(admin_client, twins):
    page = admin_client.get(address("duplicates")).content.decode()
    one, other = twins
    assert all(entry.get_absolute_url() or entry.name in page for entry in twins)
    assert address("merge", "organisation", one.pk, other.pk) in page
    assert address("unlike", "organisation", one.pk, other.pk) in page
    assert "100 %" in page


@pytest.mark.parametrize(
    ("query", "number"), [("", 1), ("?noun=event", 0), ("?noun=organisation", 1), ("?p=9", 1)]
)
def test_filters_narrow_the_list(admin_client, twins, query, number):
    assert admin_client.get(address("duplicates") + query).context["total"] == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(admin_client, django_assert_num_queries, number):
    for n in range(number):
        for ending in ("", " e. V."):
            make.OrganisationFactory(name=f"{'ABCDEFG'[n] * 9} {NAME}{ending}")
    suspects.refresh()
    examined()
    admin_client.get(address("duplicates"))
    with django_assert_num_queries(6):
        assert len(admin_client.get(address("duplicates")).context["pairs"]) == number


def test_not_the_same_is_noted_with_name_and_taken_back(admin_client, admin_user, twins):
    one, other = twins
    unlike = address("unlike", "organisation", other.pk, one.pk)
    assert admin_client.post(unlike, {"back": "noun=organisation"})["Location"].endswith("?noun=organisation")
    decision = Unlike.objects.get()
    assert (decision.one, decision.other, decision.by) == (one.pk, other.pk, admin_user)
    assert admin_client.get(address("duplicates")).context["total"] == 0
    decided = admin_client.get(address("duplicates") + "?strength=decided")
    assert admin_user.username in decided.content.decode()
    admin_client.post(unlike, {"undo": "yes", "back": "https://fremd.example/"})
    assert not Unlike.objects.exists()
    assert admin_client.get(address("duplicates")).context["total"] == 1


def test_pairs_of_one_entry_have_an_address(admin_client, twins):
    answer = admin_client.get(address("twins_organisation", twins[0].pk), follow=True)
    assert answer.context["total"] == 1


# -- the hint in a form ----------------------------------------------------------------------------


def test_while_typing_it_is_told_what_is_entered_already(admin_client, twins):
    alike = address("alike", "organisation")
    told = admin_client.get(alike, {"name": "Verband kommunaler Rechenzentern"}).content.decode()
    assert all(entry.name in told for entry in twins)
    assert admin_client.get(alike, {"name": "Ganz anders"}).status_code == 204
    assert admin_client.get(alike, {"name": "Ve"}).status_code == 204
    assert admin_client.get(address("alike", "haus")).status_code == 404


def test_an_event_is_compared_from_its_first_day_on(admin_client, now):
    event = make.EventFactory(title="Kongress Digitaler Staat")
    alike = address("alike", "event")
    assert admin_client.get(alike, {"title": event.title}).status_code == 204
    typed = {
        "title": "Kongres Digitaler Staat",
        "starts_on": event.starts_on.isoformat(),
        "ends_on": "kein Tag",
    }
    assert event.title in admin_client.get(alike, typed).content.decode()
    assert admin_client.get(alike, typed | {"key": event.pk}).status_code == 204


@pytest.mark.parametrize("noun", ["event", "series", "organisation", "speaker", "topic", "venue"])
def test_nonsense_is_answered_with_nothing(admin_client, noun):
    typed = dict.fromkeys(
        ["series", "edition", "venue", "key", "parent", "starts_on", "city", "kind"], "\x00" * 3
    )
    typed |= dict.fromkeys(("title", "name", "name_de", "family_name", "aliases"), "%_\x00'" * 100)
    assert admin_client.get(address("alike", noun), typed).status_code == 204
    typed["starts_on"] = "2027-05-03"
    assert admin_client.get(address("alike", noun), typed).status_code in (200, 204)


def test_the_form_shows_it_without_scripts_and_saving_says_it(admin_client, admin_user, twins):
    change = reverse("admin:organisations_organisation_change", args=[twins[0].pk])
    page = admin_client.get(change).content.decode()
    assert 'class="twins-hint"' in page
    assert address("merge", "organisation", twins[0].pk, twins[1].pk) in page
    told = [str(message) for message in send(change, city="Berlin").messages]
    assert any(twins[1].name in text for text in told)


# -- the page that merges --------------------------------------------------------------------------


def test_a_merge_is_shown_before_it_is_done_and_can_be_undone(admin_client, twins):
    keep, lose = twins
    event = make.EventFactory(organisers=[lose])
    merge = address("merge", "organisation", keep.pk, lose.pk)
    assert {line.name for line in admin_client.get(merge).context["lines"]} == {"name"}
    asked = admin_client.post(merge, {"field-name": "keep"})
    effects = " ".join(asked.context["effects"])
    assert "1" in effects
    assert lose.slug in effects
    assert Organisation.objects.filter(pk=lose.pk).exists()
    with step() as number:
        done = admin_client.post(merge, {"field-name": "keep", "confirmed": "yes"})
    assert done["Location"] == reverse("admin:organisations_organisation_change", args=[keep.pk])
    assert reverse("admin:trail_undo", args=[number]) in str(next(iter(get_messages(done.wsgi_request))))
    assert event.participations.get().organisation == keep
    keep.refresh_from_db()
    assert (keep.name, keep.aliases) == (NAME, [lose.name, "VKRZ"])
    with step():
        undo(number)
    assert event.participations.get().organisation == lose


def test_a_merge_that_cannot_be_is_explained(admin_client):
    keep = make.OrganisationFactory()
    lose = make.OrganisationFactory(parent=make.OrganisationFactory(parent=keep))
    merge = address("merge", "organisation", keep.pk, lose.pk)
    for sent in ({"field-parent": "lose"}, {"field-parent": "lose", "confirmed": "yes"}):
        page = admin_client.post(merge, sent)
        assert page.context["problem"]
    assert Organisation.objects.filter(pk=lose.pk).exists()


def test_it_is_said_where_the_event_would_leave_the_site(admin_client):
    draft, public = make.EventFactory(state="draft", published_at=None), make.EventFactory()
    effects = admin_client.post(address("merge", "event", draft.pk, public.pk)).context["effects"]
    others = admin_client.post(address("merge", "event", public.pk, draft.pk)).context["effects"]
    assert len(effects) == len(others) + 1


def test_pages_of_entries_that_are_not_there_are_not_found(admin_client, twins):
    keep, lose = twins
    for noun, one, other in (
        ("organisation", keep.pk, 0),
        ("haus", keep.pk, lose.pk),
        ("organisation", 1, 1),
    ):
        assert admin_client.get(address("merge", noun, one, other)).status_code == 404
        assert admin_client.post(address("unlike", noun, one, other)).status_code == 404


# -- who may ---------------------------------------------------------------------------------------


def test_members_see_no_foreign_pair_and_merge_nothing(client):
    people = make_people()
    mine, foreign = people.ours["published"], people.theirs["draft"]
    for event in (mine, foreign):
        Event.objects.filter(pk=event.pk).update(title="Kongress Digitaler Staat", starts_on=mine.starts_on)
    suspects.refresh()
    client.force_login(people.member)
    pairs = client.get(address("duplicates") + "?strength=all&noun=event").context["pairs"]
    ours = {event.pk for event in people.ours.values()}
    assert {key for pair in pairs for key in (pair.one.key, pair.other.key)} <= ours
    assert client.get(address("merge", "event", mine.pk, foreign.pk)).status_code == 404
    own = make.EventFactory(organisers=[people.own])
    assert client.get(address("merge", "event", mine.pk, own.pk)).status_code == 403
    assert client.post(address("unlike", "event", mine.pk, foreign.pk)).status_code == 404
    client.force_login(people.nobody)
    assert client.get(address("duplicates")).status_code == 403
    assert client.get(address("alike", "event")).status_code == 403
