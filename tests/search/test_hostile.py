"""Questions that nobody types in good faith: answered like any other, quickly, and shown as mere text."""

import time
from urllib.parse import urlencode

import pytest

from tests.factories import EventFactory, SeriesFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

# Seconds; far above what an answer takes on a busy machine, far below what would hurt.
LONGEST = 15
HOSTILE = {
    "seven thousand letters": "x" * 7_000,
    "a thousand words": "wort " * 1_000,
    "a thousand different words": " ".join(f"w{number}" for number in range(1_000)),
    "one long compound": "Donaudampfschifffahrts" * 300,
    "operators of a query": "& | ! <-> :* ( ) !! ki & | (",
    "only signs": "%%% ___ \\\\\\ *** ???",
    "patterns": "(a+)+$ [[[ ^.*?{1,99999}",
    "quotes": "\"'\"''\"\" „“ ‚‘ \"ki",
    "SQL": "'; DROP TABLE events_event; --",
    "SQL, quoted": "$$); DELETE FROM events_event; $$ E'\\''",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)> ki",
    "attribute": "\" autofocus onfocus=\"alert(1)",
    "template": "{{ settings.SECRET_KEY }} {% debug %} %(q)s {0}",
    "NUL": "ki\x00 nul",
    "marks of direction": "\u202egnagatgnuT\u202c \u2066ki\u2069 \u200f",
    "invisible": "k\u200bi\u00ad \ufeffozg",
    "emoji": "👩🏽‍💻🏳️‍🌈 🇩🇪 ki",
    "combining marks": "k" + "\u0301" * 1_000 + "i",
    "other scripts": "日本語 العربية עברית ไทย",
    "numbers": "99999999999999999999 -1 1e309 0x00 ²³ ٣٤ 00.00.0000 31.02.2019",
    "letters beyond the plane": "𝕶𝕴 \U0010ffff",
}  # fmt: skip
MARKUP = ["<script>alert", "<img src=x", '" autofocus', "\x00", "\u202e"]
PLACES = ["/suche/", "/suche/vorschlaege/", "/veranstaltungen/", "/en/search/"]
OUTPUTS = [f"/veranstaltungen.{kind}" for kind in ("ics", "json", "csv", "atom", "jsonld")]


@pytest.fixture(autouse=True)
def _entries():
    EventFactory(
        title="KI <script>alert(2)</script> & “Recht”", topics=[TopicFactory(synonyms=["OZG", "%_\\"])]
    )
    EventFactory(title="Tagung", series=SeriesFactory(name="Reihe \"x' <b>fett</b>"))


def ask(client, path, question):
    """The answer to the question there, which came in time."""
    started = time.perf_counter()
    response = client.get(f"{path}?{urlencode({'q': question, 'when': 'all'})}")
    body = b"".join(response) if response.streaming else response.content
    assert time.perf_counter() - started < LONGEST
    return response, body.decode()


@pytest.mark.parametrize("path", PLACES)
def test_a_page_answers_and_shows_nothing_but_text(client, path):
    # The first answer of a process reads its templates.
    client.get(path, {"q": "ki"})
    for what, question in HOSTILE.items():
        response, body = ask(client, path, question)
        assert response.status_code == 200, what
        found = [one for one in MARKUP if one in body]
        assert found == [], what


@pytest.mark.parametrize("path", OUTPUTS)
def test_an_output_answers_or_says_which_parameter_it_refuses(client, path):
    for what, question in HOSTILE.items():
        response, body = ask(client, path, question)
        assert response.status_code in (200, 400), what
        assert response.status_code == 200 or "q" in body, what


def test_a_broken_encoding_is_no_error(client):
    for path in PLACES:
        assert client.get(f"{path}?q=%ff%fe%C3%28").status_code == 200


def test_a_title_with_markup_is_marked_as_text(client):
    _response, body = ask(client, "/suche/", "alert recht")
    assert "&lt;script&gt;<mark>alert</mark>(2)&lt;/script&gt; &amp; “<mark>Recht</mark>”" in body


def test_names_with_markup_are_told_as_text_in_suggestions(client):
    response, _body = ask(client, "/suche/vorschlaege/", "reihe")
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert [one["label"] for one in response.json()["suggestions"]] == ["Reihe \"x' <b>fett</b>"]


def test_marks_inside_words_do_not_hide_them(client):
    _response, body = ask(client, "/suche/", HOSTILE["invisible"])
    assert "&lt;script&gt;" in body
