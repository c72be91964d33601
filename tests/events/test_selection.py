"""What a selection tells back: chips, links, hidden fields, former slugs."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from events.models import Topic
from events.selection import Selection
from tests.factories import NOW, EventFactory, OrganisationFactory, TopicFactory, VenueFactory

pytestmark = pytest.mark.django_db
PATH = "/veranstaltungen/"


def select(query):
    return Selection(QueryDict(query), PATH, at=NOW)


def test_each_value_has_its_own_remove_link():
    TopicFactory(slug="ozg", name_de="Onlinezugangsgesetz")
    chips = select("topic=ozg&topic=ki&mode=online&page=3").chips
    assert [(chip.label, chip.remove_url) for chip in chips] == [
        ("Onlinezugangsgesetz", f"{PATH}?topic=ki&mode=online"),
        ("ki", f"{PATH}?topic=ozg&mode=online"),
        ("Online", f"{PATH}?topic=ozg&topic=ki"),
    ]


def test_the_period_is_no_chip_and_survives_a_removal():
    (chip,) = select("when=past&free=1").chips
    assert chip.remove_url == f"{PATH}?when=past"


def test_names_come_in_the_visitors_language():
    EventFactory(
        topics=[TopicFactory(slug="ki", name_de="Künstliche Intelligenz", name_en="Artificial intelligence")]
    )
    with override("en"):
        selection = select("topic=ki")
        (option,) = next(facet for facet in selection.facets if facet.name == "topic").options
        assert option.label == "Artificial intelligence"
        assert selection.chips[0].facet == "Topic"


def test_a_chosen_value_without_events_still_bears_its_name():
    OrganisationFactory(slug="kgst", name="Kommunale Gemeinschaftsstelle", short_name="KGSt")
    facet = next(facet for facet in select("organiser=kgst").facets if facet.name == "organiser")
    assert [(option.label, option.count, option.checked) for option in facet.options] == [("KGSt", 0, True)]


def test_a_facet_with_many_values_shows_the_most_frequent_and_counts_the_rest():
    for number in range(20):
        EventFactory(organisers=[OrganisationFactory(name=f"Amt {number:02}")])
    facet = next(facet for facet in select("").facets if facet.name == "organiser")
    assert (len(facet.options), facet.hidden_count) == (12, 8)


def test_parameters_without_a_field_are_kept_as_hidden_ones():
    assert select("series=sccon&when=all&topic=ozg&speaker=x&page=2&unknown=1").hidden == [
        ("when", "all"),
        ("speaker", "x"),
        ("series", "sccon"),
    ]


def test_codes_are_read_in_any_case():
    EventFactory(venues=[VenueFactory()])
    selection = select("state=de-be")
    assert selection.events.count() == 1
    assert selection.chips[0].label == "Berlin"


def test_a_former_slug_leads_to_its_successor():
    topic = TopicFactory(slug="ozg-alt")
    Topic.objects.filter(pk=topic.pk).update(slug="ozg")
    assert select("topic=ozg-alt&when=all&free=1").successor_query() == "topic=ozg&when=all&free=1"
    assert select("topic=ozg&when=all").successor_query() is None


@pytest.mark.parametrize(
    ("query", "narrowed"), [("", False), ("when=all&sort=title", False), ("free=1", True)]
)
def test_narrowed_means_more_than_period_and_order(query, narrowed):
    assert select(query).is_narrowed is narrowed


def test_counts_and_names_cost_two_queries(django_assert_num_queries):
    TopicFactory(slug="ozg")
    EventFactory.create_batch(3, organisers=[OrganisationFactory()], venues=[VenueFactory()])
    selection = select("topic=ozg&speaker=a&series=b&venue=c&organisation=d")
    with django_assert_num_queries(2):
        assert selection.facets
        assert len(selection.chips) == 5


def test_too_many_values_are_refused_by_name_and_do_not_swell_the_page():
    """Each chip's address holds all the others: thousands of values once made a page of 380 MB."""
    selection = select("&".join(f"topic=t{number}" for number in range(4000)))
    assert len(selection.chips) == 50
    assert [problem.parameter for problem in selection.problems] == ["topic"]


def test_a_value_said_twice_counts_once():
    assert [chip.label for chip in select("topic=ki&topic=ki").chips] == ["ki"]


def test_of_a_key_for_one_value_the_last_counts():
    assert select("when=past&when=all&when=past").when == "past"


def test_too_many_words_are_no_search_term():
    ten, eleven = ("+".join(f"w{number}" for number in range(count)) for count in (10, 11))
    assert select(f"q={ten}").problems == []
    assert [problem.parameter for problem in select(f"q={eleven}").problems] == ["q"]
    assert select("q=" + "+".join(["wort"] * 30)).problems == []


def test_words_are_looked_for_once_however_many_facets_ask(django_assert_num_queries):
    EventFactory(title="Große Bühne", formats=["congress"])
    EventFactory(title="Kleines Forum", formats=["forum"])
    selection = select("q=bühne")
    selection.filterset.answers("bühne")
    with django_assert_num_queries(2):  # the facets, the events
        facets = {facet.name: facet for facet in selection.facets}
        assert [(option.value, option.count) for option in facets["format"].options] == [("congress", 1)]
        assert [event.title for event in selection.events] == ["Große Bühne"]
