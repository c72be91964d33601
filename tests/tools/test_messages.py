import pytest

from tools import messages

SOURCES = {
    "app/views.py": """
from django.utils.translation import gettext as _, npgettext, pgettext_lazy
title = _("Events in %(city)s")
may = pgettext_lazy("month", "May")
found = npgettext("search", "one hit", "%(count)s hits", 2)
computed = _(title)
""",
    "templates/page.html": """{% load i18n %}
<main>
    <h1>{% translate "What's on" %}</h1>
    <p>{% blocktranslate trimmed count counter=n %}
        one "place"
    {% plural %}
        {{ counter }} places
    {% endblocktranslate %}</p>
    <a title="{% translate 'May' context 'permission' %}">{{ word|default:_("nothing") }}</a>
</main>
""",
    "tests/test_app.py": '_("only in a test")',
}


@pytest.fixture
def project(tmp_path, monkeypatch):
    for name, text in SOURCES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(messages, "CHECKOUT", tmp_path)
    monkeypatch.setattr(messages, "PO", tmp_path / "locale" / "django.po")
    monkeypatch.setattr(messages, "MO", tmp_path / "locale" / "django.mo")
    return tmp_path


def translate(text, german):
    po = messages.PO.read_text()
    assert f'msgid "{text}"\nmsgstr ""' in po
    messages.PO.write_text(po.replace(f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgstr "{german}"'))


def test_python_and_templates_are_searched_and_tests_are_not(project):
    found = {(message.context, message.id) for message in messages.messages(messages.extracted())}
    assert found == {
        (None, "Events in %(city)s"),
        ("month", "May"),
        ("search", ("one hit", "%(count)s hits")),
        (None, "What's on"),
        (None, ('one "place"', "%(counter)s places")),
        ("permission", "May"),
        (None, "nothing"),
    }


def test_what_is_not_translated_is_told_with_its_place(project):
    assert "app/views.py:3: not translated: 'Events in %(city)s'" in messages.complaints()
    assert len(messages.complaints()) == 7


def test_an_update_keeps_what_is_translated(project):
    messages.update()
    translate("nothing", "nichts")
    (project / "app" / "views.py").write_text('from x import gettext as _\n_("New")\n')
    assert not any("'nothing'" in line for line in messages.update())
    po = messages.PO.read_text()
    assert 'msgid "nothing"\nmsgstr "nichts"' in po
    assert "Events in" not in po
    assert 'msgid "New"\nmsgstr ""' in po


def test_a_second_update_changes_nothing(project):
    messages.update()
    before = messages.PO.read_bytes()
    messages.update()
    assert messages.PO.read_bytes() == before


def test_a_translation_that_loses_a_placeholder_is_told(project):
    messages.update()
    translate("Events in %(city)s", "Veranstaltungen in %(stadt)s")
    assert any("Events in" in line and "placeholder" in line for line in messages.complaints())


def test_a_guess_does_not_count(project):
    messages.update()
    translate("nothing", "nichts")
    po = messages.PO.read_text()
    messages.PO.write_text(po.replace('msgid "nothing"', '#, fuzzy\nmsgid "nothing"'))
    assert any("fuzzy" in line for line in messages.complaints())
