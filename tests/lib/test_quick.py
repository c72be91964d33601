"""What is drawn once is what would be drawn each time."""

import pytest
from django.template import engines
from django.urls import reverse
from django.utils import translation

from lib.quick import entry_path


def drawn(source, **context):
    return engines["django"].from_string("{% load i18n quick %}" + source).render(context)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("route", ["events:detail", "events:topic", "organisations:detail"])
def test_addresses_are_those_of_the_routes(route, language):
    with translation.override(language):
        told = drawn("{% entry_url route slug %}", route=route, slug="smart-country-convention-2018")
        assert told == reverse(route, kwargs={"slug": "smart-country-convention-2018"})


def test_icons_are_the_component():
    component = drawn('{% include "components/icon.html" with name="place" %}')
    assert drawn('{% icon "place" %}') == component.strip()
    assert drawn('{% icon "online" %}') != component.strip()


def test_what_stands_inside_once_is_drawn_once_for_each_language_and_value():
    template = engines["django"].from_string(
        '{% load i18n quick %}{% once kind %}{% translate "Search" %}{{ said }}{% endonce %}'
    )
    assert template.render({"kind": 1, "said": "a"}) == "Suchena"
    assert template.render({"kind": 1, "said": "b"}) == "Suchena"
    assert template.render({"kind": 2, "said": "b"}) == "Suchenb"
    with translation.override("en"):
        assert template.render({"kind": 1, "said": "c"}) == "Searchc"


def test_a_setting_that_changes_is_drawn_anew(settings):
    template = engines["django"].from_string("{% load quick %}{% once %}{{ site }}{% endonce %}")
    assert template.render({"site": "A"}) == "A"
    settings.SITE_NAME = "B"
    assert template.render({"site": "B"}) == "B"


def test_values_of_slots_are_put_in_place_and_escaped():
    template = engines["django"].from_string(
        "{% load quick %}{% once kind with text=said number=count %}<b>{{ text }}</b>{{ number }}"
        "{% if kind %}{{ text }}{% endif %}{% endonce %}"
    )
    assert template.render({"kind": 0, "said": "<a>", "count": 1}) == "<b>&lt;a&gt;</b>1"
    assert template.render({"kind": 0, "said": "\x020\x03", "count": 2}) == "<b>\x020\x03</b>2"
    assert template.render({"kind": 1, "said": "b", "count": 3}) == "<b>b</b>3b"


def test_the_same_entry_has_an_address_in_each_language():
    assert entry_path("events:detail", "tage-2027", "de") == "/veranstaltungen/tage-2027/"
    assert entry_path("events:detail", "tage-2027", "en") == "/en/events/tage-2027/"
