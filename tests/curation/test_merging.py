"""Two entries become one, with all that leads to them; and the way back."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from accounts.models import Membership
from curation.merging.actions import Refused, merge
from curation.merging.fields import KEEP, LOSE, choices, groups_of
from curation.merging.references import LEFT, references_to
from events.models import Event, Series, Topic, Venue
from journal.models import Tombstone
from organisations.models import Organisation
from speakers.actions import anonymise
from speakers.models import Speaker
from tests import factories as make
from tests.journal.hands import commit_changes
from tests.trail.hands import step
from trail.undoing import undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
NOUNS = [Event, Series, Topic, Venue, Organisation, Speaker]


def merged(keep, lose, **chosen):
    """The merge as a step of its own on the trail, as it is where each step has its transaction."""
    with step():
        return merge(keep, lose, chosen, {})


def walk_back(number):
    with step():
        undo(number)
    commit_changes()


# -- what is chosen --------------------------------------------------------------------------------


def test_the_filled_the_longer_and_the_later_checked_are_proposed():
    keep = make.EventFactory(title="Kongress", website="https://a.example", checked_on=dt.date(2026, 1, 1))
    lose = make.EventFactory(
        title="Kongress Digitaler Staat",
        summary="Zwei Tage.",
        website="https://b.example",
        checked_on=dt.date(2026, 2, 1),
        starts_on=keep.starts_on + dt.timedelta(days=1),
    )
    proposed = {choice.name: choice.proposed for choice in choices(keep, lose)}
    assert proposed == {"title": LOSE, "summary": LOSE, "website": LOSE, "when": LOSE}


def test_what_is_chosen_is_taken_and_the_rest_stays():
    keep = make.EventFactory(title="Kongress A", summary="Lang und breit erzählt.")
    lose = make.EventFactory(title="Kongress B", summary="Kurz.", hashtag="#b")
    merged(keep, lose, title=LOSE, hashtag=KEEP)
    keep.refresh_from_db()
    assert (keep.title, keep.summary, keep.hashtag) == ("Kongress B", "Lang und breit erzählt.", "")


def test_days_times_and_precision_are_chosen_together():
    keep = make.EventFactory(starts_on=dt.date(2027, 5, 3), start_time=dt.time(9), end_time=dt.time(17))
    lose = make.EventFactory(
        starts_on=dt.date(2027, 5, 1), ends_on=dt.date(2027, 5, 31), date_precision="month"
    )
    merged(keep, lose, when=LOSE)
    keep.refresh_from_db()
    assert (keep.starts_on, keep.start_time, keep.date_precision) == (dt.date(2027, 5, 1), None, "month")


def test_the_later_check_is_kept_whoever_was_checked():
    keep = make.EventFactory(checked_on=dt.date(2026, 1, 1))
    merged(keep, make.EventFactory(checked_on=dt.date(2026, 6, 1)))
    keep.refresh_from_db()
    assert keep.checked_on == dt.date(2026, 6, 1)


def test_names_of_the_one_that_goes_become_other_names():
    keep = make.OrganisationFactory(name="Bitkom", aliases=["BITKOM"])
    lose = make.OrganisationFactory(name="Bitkom e. V.", short_name="BK", aliases=["Verband der Branche"])
    merged(keep, lose, name=KEEP, short_name=LOSE)
    keep.refresh_from_db()
    assert (keep.short_name, keep.aliases) == ("BK", ["BITKOM", "Bitkom e. V.", "Verband der Branche"])
    person = make.SpeakerFactory(given_name="Monika", family_name="Meier")
    merged(person, make.SpeakerFactory(given_name="M.", family_name="Meier"))
    person.refresh_from_db()
    assert person.aliases == ["M. Meier"]
    topic = make.TopicFactory(name_de="Cloud", synonyms=["Wolke"])
    merged(topic, make.TopicFactory(name_de="Clouds"), name_de=KEEP)
    topic.refresh_from_db()
    assert topic.synonyms == ["Wolke", "Clouds"]


def test_every_field_that_editors_enter_is_chosen_united_or_kept_on_purpose():
    kept = {"slug", "state", "publish_from", "aliases", "synonyms", "checked_on"}
    for model in NOUNS:
        chosen = {field.name for _label, fields in groups_of(model).values() for field in fields}
        entered = {field.name for field in model._meta.concrete_fields if field.editable}
        assert entered - chosen - kept - {"id", *(f.name for f in model._meta.fields if f.generated)} == set()


# -- what leads to it ------------------------------------------------------------------------------


def test_no_reference_to_a_noun_is_forgotten():
    for model in NOUNS:
        found = {(field.model._meta.label, field.name) for field in references_to(model)}
        every = {
            (relation.related_model._meta.label, relation.field.name)
            for relation in model._meta.get_fields(include_hidden=True)
            if relation.auto_created
            and not relation.concrete
            and (relation.one_to_many or relation.one_to_one)
        }
        assert every - found == {pair for pair in every if pair[0] in LEFT}


def test_entries_are_named_by_number_alone_only_where_it_is_known():
    """Such columns are no foreign keys: each is looked after here, or may name what is gone."""
    named = {
        model._meta.label
        for model in apps.get_models()
        if {"noun", "section"} & {field.name for field in model._meta.concrete_fields}
        and any(isinstance(field, models.BigIntegerField) for field in model._meta.concrete_fields[1:])
    }
    moved, remade, of_the_past = (
        {"addresses.FormerSlug"},
        {"index", "curation"},
        {"trail", "catalogue", "api"},
    )
    assert {name for name in named - moved if name.split(".")[0] not in remade | of_the_past} == set()


def test_rows_of_both_are_united_by_their_keys_and_others_come_behind():
    keep, lose = make.EventFactory(), make.EventFactory()
    both, other = make.OrganisationFactory(), make.OrganisationFactory()
    make.ParticipationFactory(event=keep, organisation=both, position=0)
    make.ParticipationFactory(event=lose, organisation=both, name_then="Verband damals", position=0)
    make.ParticipationFactory(event=lose, organisation=other, position=1)
    merged(keep, lose)
    rows = keep.participations.values_list("organisation", "name_then", "position")
    assert list(rows) == [(both.pk, "Verband damals", 0), (other.pk, "", 1)]


def test_programme_items_of_both_are_one_and_their_people_follow():
    keep, lose = make.EventFactory(), make.EventFactory()
    kept = make.SessionFactory(event=keep, title="Auftakt")
    gone = make.SessionFactory(event=lose, title="Auftakt", room="Saal 1")
    there = make.AppearanceFactory(event=keep, session=kept)
    make.AppearanceFactory(event=lose, session=gone, speaker=there.speaker, role=there.role)
    new = make.AppearanceFactory(event=lose, session=gone)
    merged(keep, lose)
    kept.refresh_from_db()
    assert kept.room == "Saal 1"
    assert list(keep.appearances.values_list("pk", "session")) == [(there.pk, kept.pk), (new.pk, kept.pk)]


def test_a_member_of_both_organisations_gets_no_more_rights(django_user_model):
    keep, lose = make.OrganisationFactory(), make.OrganisationFactory()
    both, one = (django_user_model.objects.create(username=name) for name in ("beide", "eine"))
    Membership.objects.create(user=both, organisation=keep, may_publish=False)
    Membership.objects.create(user=both, organisation=lose, may_publish=True)
    Membership.objects.create(user=one, organisation=lose, may_publish=True)
    merged(keep, lose)
    rows = Membership.objects.order_by("user").values_list("user", "organisation", "may_publish")
    assert list(rows) == [(both.pk, keep.pk, False), (one.pk, keep.pk, True)]


def test_children_and_editions_go_over():
    keep, lose = make.SeriesFactory(), make.SeriesFactory()
    event, later = make.EventFactory(series=lose), make.SeriesFactory(predecessor=lose)
    merged(keep, lose)
    event.refresh_from_db()
    later.refresh_from_db()
    assert (event.series, later.predecessor) == (keep, keep)


# -- what is refused -------------------------------------------------------------------------------


def test_what_cannot_be_one_is_refused_and_nothing_is_done():
    event, person = make.EventFactory(), make.SpeakerFactory()
    for keep, lose in ((event, event), (event, person), (event, make.EventFactory(is_sample=True))):
        with pytest.raises(Refused):
            merged(keep, lose)
    assert Event.objects.count() == 2


def test_the_anonymised_are_not_merged():
    person, erased = make.SpeakerFactory(), make.SpeakerFactory()
    anonymise(erased)
    for keep, lose in ((person, erased), (erased, person)):
        with pytest.raises(Refused):
            merged(keep, lose)


def test_a_circle_is_refused():
    keep = make.OrganisationFactory()
    between = make.OrganisationFactory(parent=keep)
    lose = make.OrganisationFactory(parent=between)
    with pytest.raises(Refused, match=r"Kreis|circle"):
        merged(keep, lose, parent=LOSE)
    assert Organisation.objects.filter(pk=lose.pk).exists()


def test_a_part_of_the_other_is_no_part_of_itself():
    keep = make.OrganisationFactory()
    lose = make.OrganisationFactory(parent=keep)
    merged(keep, lose)
    keep.refresh_from_db()
    assert keep.parent is None
    child = make.OrganisationFactory(parent=keep)
    merged(child, keep, parent=KEEP)
    child.refresh_from_db()
    assert child.parent is None


# -- addresses and copies elsewhere ------------------------------------------------------------------


def test_all_addresses_lead_on_through_a_chain_of_merges(client):
    first, second, third = (make.OrganisationFactory(slug=slug) for slug in ("a-eins", "b-zwei", "c-drei"))
    second.slug = "b-zwei-neu"
    second.save()
    merged(second, first)
    merged(third, second)
    event = make.EventFactory(organisers=[third])
    for slug in ("a-eins", "b-zwei", "b-zwei-neu"):
        for language in ("", "/en"):
            path = reverse("organisations:detail", args=[slug])
            path = path if not language else f"/en/organisations/{slug}/"
            answer = client.get(path)
            assert (answer.status_code, answer["Location"].endswith("/c-drei/")) == (301, True)
    for path in ("/veranstaltungen/?organiser=a-eins", "/veranstaltungen.json?organiser=b-zwei&when=all"):
        answer = client.get(path)
        assert (answer.status_code, "organiser=c-drei" in answer["Location"]) == (301, True)
    assert event.organisers[0].organisation == third


def test_copies_elsewhere_learn_that_it_is_gone_and_that_it_is_back():
    keep, lose = make.TopicFactory(), make.TopicFactory()
    done = merged(keep, lose)
    assert Tombstone.objects.filter(uid=lose.uid).values_list("slug", "reason").get() == (
        lose.slug,
        "deleted",
    )
    walk_back(done.transaction)
    assert not Tombstone.objects.filter(uid=lose.uid).exists()
