import pytest
from django.db import transaction

from events.positions import Position, positions, within
from tests.factories import VenueFactory

pytestmark = pytest.mark.django_db


def test_own_coordinates_come_before_postal_code_and_town():
    own = VenueFactory(latitude=52.5, longitude=13.4)
    code = VenueFactory(postal_code="10115", city="Berlin")
    town = VenueFactory(postal_code="", city="Neustadt", state="DE-TH", street="")
    found = positions()
    assert found[own.pk] == Position(52.5, 13.4, True)
    assert found[code.pk] == Position(52.532, 13.385, False)
    assert found[town.pk] == Position(50.736, 11.746, False)


@pytest.mark.parametrize("kind", ["region", "country"])
def test_what_lies_everywhere_has_no_position(kind):
    venue = VenueFactory(kind=kind, city="Berlin", latitude=52.5, longitude=13.4)
    assert venue.pk not in positions()


def test_an_unknown_town_and_a_postal_code_abroad_have_no_position():
    unknown = VenueFactory(postal_code="99999", city="Kleinkleckersdorf")
    abroad = VenueFactory(postal_code="10115", city="Kleckersdorf", state="", country="AT")
    assert not {unknown.pk, abroad.pk} & set(positions())


@pytest.mark.django_db(transaction=True)
def test_positions_are_read_once_in_each_state_of_the_catalogue(django_assert_num_queries):
    VenueFactory()
    with django_assert_num_queries(2):
        positions()
    with django_assert_num_queries(1):
        assert len(positions()) == 1


@pytest.mark.django_db(transaction=True)
def test_an_edit_is_seen_at_once():
    venue = VenueFactory()
    before = positions()[venue.pk]
    with transaction.atomic():
        venue.postal_code, venue.city, venue.state = "50667", "Köln", "DE-NW"
        venue.save()
    assert positions()[venue.pk] != before


def test_within_tells_kilometres():
    berlin, cologne = VenueFactory(), VenueFactory(postal_code="50667", city="Köln", state="DE-NW")
    assert within(52.52, 13.405, 10) == {berlin.pk: pytest.approx(1.9, abs=0.2)}
    assert set(within(52.52, 13.405, 500)) == {berlin.pk, cologne.pk}
