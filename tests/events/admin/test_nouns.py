"""Series, topics and venues in the admin."""

import pytest
from django.urls import reverse

from events.models import Series, Venue
from tests import factories as make
from tests.editing import errors_of, send
from tests.events.admin.entries import change


def test_a_venue_gets_its_town_into_the_address():
    url = "/admin/events/venue/add/"
    send(url, name="Alte Münze", city="Köln", country="DE")
    send(url, name="Kölner Messe Köln", city="Köln", country="DE")
    assert set(Venue.objects.values_list("slug", flat=True)) == {
        "alte-muenze-koeln",
        "koelner-messe-koeln",
    }


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"city": ""}, "city"),
        ({"kind": "city", "street": "Weg 1"}, "street"),
        ({"state": "DE-XXXX"}, "state"),
        ({"state": "AT-9"}, "state"),
        ({"country": "Deutschland"}, "country"),
        ({"latitude": "52.5"}, "latitude"),
        ({"latitude": "91", "longitude": "13"}, "latitude"),
        ({"latitude": "NaN", "longitude": "13"}, "latitude"),
        ({"accessibility": ["magic"]}, "accessibility"),
    ],
    ids=str,
)
def test_nonsense_of_a_venue_is_refused_beside_its_field(values, field):
    data = {"name": "Halle", "city": "Köln", "country": "DE"} | values
    refused = send("/admin/events/venue/add/", **data)
    assert set(errors_of(refused)) == {field}


def test_series_may_not_continue_each_other_in_a_circle():
    old = make.SeriesFactory()
    new = make.SeriesFactory(predecessor=old)
    url = reverse("admin:events_series_change", args=[old.pk])
    assert set(errors_of(send(url, predecessor=str(new.pk)))) == {"predecessor"}


def test_a_series_gets_other_names_and_is_found_by_them(admin_client):
    series = make.SeriesFactory(name="Digital-Gipfel")
    url = reverse("admin:events_series_change", args=[series.pk])
    send(url, aliases="Nationaler IT-Gipfel\r\n\r\nGroße Runde")
    series.refresh_from_db()
    assert series.aliases == ["Nationaler IT-Gipfel", "Große Runde"]
    found = admin_client.get("/admin/events/series/", {"q": "grosse it-gipfel"}).context["cl"]
    assert list(found.result_list) == [series]


def test_synonyms_are_lines(admin_client):
    topic = make.TopicFactory()
    url = reverse("admin:events_topic_change", args=[topic.pk])
    send(url, synonyms="OZG\r\n\r\n OZG 2.0 \nOZG")
    topic.refresh_from_db()
    assert topic.synonyms == ["OZG", "OZG 2.0"]
    assert "OZG\nOZG 2.0" in admin_client.get(url).content.decode()


@pytest.mark.parametrize("lines", ["a\x00b", "x" * 201])
def test_nonsense_in_lines_is_refused_or_mended(lines):
    topic = make.TopicFactory()
    url = reverse("admin:events_topic_change", args=[topic.pk])
    assert send(url, synonyms=lines).status_code in (200, 302)


def test_what_stands_in_the_way_of_a_deletion_is_named_and_linked(cast, admin_client):
    url = reverse("admin:events_series_delete", args=[cast.series.pk])
    assert change(cast.congress) in "".join(admin_client.get(url).context["protected"])
    admin_client.post(url, {"post": "yes"})
    assert Series.objects.filter(pk=cast.series.pk).exists()


def test_lists_count_events(cast, admin_client):
    page = admin_client.get("/admin/events/topic/")
    counted = {topic.slug: topic.event_count for topic in page.context["cl"].result_list}
    assert counted == {topic.slug: topic.events.count() for topic in (cast.cloud, cast.ozg)}


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_of_a_series_needs_the_same_number_of_queries(
    number, admin_client, django_assert_num_queries
):
    series = make.SeriesFactory()
    for position in range(number):
        make.SeriesOrganiserFactory(series=series, position=position)
    url = reverse("admin:events_series_change", args=[series.pk])
    admin_client.get(url)
    # Five for the form, one for as of when it is shown, one for what an app above offers beside it.
    with django_assert_num_queries(7):
        admin_client.get(url)
