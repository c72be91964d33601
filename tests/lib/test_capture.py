import pytest
from django.template import Context, Engine, TemplateSyntaxError

engine = Engine(libraries={"capture": "lib.capture"})


def render(source, **context):
    return engine.from_string("{% load capture %}" + source).render(Context(context))


def test_captured_text_can_be_used_twice():
    source = "{% capture as title %}  A\n {{ name }} {% endcapture %}<{{ title }}|{{ title }}>"
    assert render(source, name="B") == "<A B|A B>"


def test_captured_text_is_escaped_once():
    assert render("{% capture as title %}{{ name }}{% endcapture %}{{ title }}", name="a & b") == "a &amp; b"


def test_blocks_may_stand_inside():
    assert render("{% capture as t %}{% block title %}Start{% endblock %}{% endcapture %}{{ t }}") == "Start"


def test_a_capture_without_a_name_says_how_to_write_it():
    with pytest.raises(TemplateSyntaxError, match="write it as"):
        render("{% capture title %}{% endcapture %}")
