"""What editors read in German is German: no page of theirs shows a word of the sources."""

from contextlib import suppress
from html.parser import HTMLParser

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation.trans_real import translation

from events.models import Event
from tests.accounts.test_walk import asked, browser, paths, people, told  # noqa: F401
from tests.trail.hands import step

pytestmark = pytest.mark.django_db
# What is read to people or shown to them beside the text between tags.
SHOWN = {"alt", "aria-label", "placeholder", "title"}
HIDDEN = {"script", "style"}


class Reader(HTMLParser):
    """Gathers the texts of a page, each as a whole."""

    def __init__(self):
        super().__init__()
        self.texts, self._within = set(), []

    def handle_starttag(self, tag, attributes):
        self._within.append(tag)
        self.texts |= {value for name, value in attributes if name in SHOWN and value}

    def handle_endtag(self, tag):
        while tag in self._within and self._within.pop() != tag:
            pass

    def handle_data(self, data):
        if not HIDDEN.intersection(self._within):
            self.texts.add(data)


def sources():
    """Each English text of ours and of Django's that is not the German of any."""
    known = {
        source: text
        for source, text in translation("de")._catalog.items()
        if isinstance(source, str) and isinstance(text, str) and "\x04" not in source
    }
    german = {plain(text) for text in known.values()}
    return {plain(source) for source, text in known.items()} - german - {""}


def plain(text):
    return " ".join(text.split()).strip(" :.,()").casefold()


def read(page):
    reader = Reader()
    reader.feed(page)
    return {plain(text) for text in reader.texts}


def every_word(event):
    """A foreign event takes each of its choices once, so that its history has to tell them in words."""
    for field in ("state", "status", "mode", "date_precision", "eligibility", "online_access"):
        for choice in Event._meta.get_field(field).choices:
            with suppress(IntegrityError), step(), transaction.atomic():
                Event.objects.filter(pk=event.pk).update(**{field: choice[0]})
    Event.objects.filter(pk=event.pk).update(state="draft")


# What asks once more, and what programs read.
PASSED = ("_delete", "autocomplete", "jsi18n", "_table", "alike")
# Names of groups, and of the other language in that language.
NAMES = {"publisher", "english"}


def test_no_page_shows_a_word_of_the_sources(people):  # noqa: F811
    client, words, found = browser(people, "administrator"), sources() - NAMES, {}
    every_word(people.theirs["draft"])
    for route, path in paths(people):
        if route.endswith(PASSED):
            continue
        first = asked(people, route, path)[0]
        if english := read(told(client.get(path, first))) & words:
            found[path] = sorted(english)
    assert found == {}
