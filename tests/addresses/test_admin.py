"""Former addresses can be read, and made by hand nowhere."""

from django.urls import reverse

from addresses.models import FormerSlug
from tests import factories as make

LIST = "/admin/addresses/formerslug/"


def rename(thing):
    old = thing.slug
    thing.slug = "neuer-name"
    thing.save()
    return FormerSlug.objects.get(slug=old)


def test_each_leads_to_the_entry_that_it_means(admin_client):
    nouns = {
        make.EventFactory: "events_event",
        make.SeriesFactory: "events_series",
        make.TopicFactory: "events_topic",
        make.VenueFactory: "events_venue",
        make.OrganisationFactory: "organisations_organisation",
        make.SpeakerFactory: "speakers_speaker",
    }
    for factory, page in nouns.items():
        thing = factory()
        rename(thing)
        assert reverse(f"admin:{page}_change", args=[thing.pk]) in admin_client.get(LIST).content.decode()


def test_none_can_be_added_changed_or_deleted(admin_client):
    former = rename(make.SeriesFactory())
    page = f"{LIST}{former.pk}/"
    assert admin_client.get(f"{page}change/").status_code == 200
    assert admin_client.get(f"{LIST}add/").status_code == 403
    assert admin_client.post(f"{page}change/", {"slug": "x"}).status_code == 403
    assert admin_client.post(f"{page}delete/", {"post": "yes"}).status_code == 403


def test_a_new_entry_leaves_others_their_former_addresses(admin_user):
    from tests.editing import send

    rename(make.SeriesFactory(slug="tagung"))
    send("/admin/events/series/add/", name="Tagung")
    assert FormerSlug.objects.filter(slug="tagung").exists()
