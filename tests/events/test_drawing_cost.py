"""Lists are put together from pieces: what a template does is the same for one event and for 25."""

import pytest
from django.template.base import Node

from events.views.frame import PER_PAGE
from tests.factories import EventFactory, OrganisationFactory, TopicFactory, VenueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

LIST = "/veranstaltungen/"


@pytest.fixture
def drawn(client, monkeypatch):
    """The number of nodes that templates draw for a page that has been asked for before."""
    nodes = []
    usual = Node.render_annotated
    monkeypatch.setattr(
        Node, "render_annotated", lambda self, context: nodes.append(self) or usual(self, context)
    )

    def count(path):
        client.get(path)
        nodes.clear()
        assert client.get(path).status_code == 200
        return len(nodes)

    return count


def event():
    return EventFactory(
        topics=[TopicFactory()], organisers=[OrganisationFactory()], venues=[VenueFactory()], sold_out=True
    )


def test_25_cards_cost_templates_no_more_than_two(drawn):
    event(), event()
    few = drawn(LIST)
    for _number in range(PER_PAGE - 2):
        event()
    assert drawn(LIST) == few
    assert few < 300


def test_an_events_page_draws_few_nodes(drawn):
    one = event()
    assert drawn(f"{LIST}{one.slug}/") < 450
