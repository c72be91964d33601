"""How a question in words was understood, and the ways to take that back."""

import pytest

from events.understood import quoted, understood
from index.understanding import Reading


class Understanding:
    """What the search says of a question."""

    def __init__(self, readings=(), correction=None, corrected=False, left_out=(), dropped=()):
        self.readings, self.correction, self.corrected = list(readings), correction, corrected
        self.left_out, self.dropped = list(left_out), list(dropped)


def reading(words, label="gelesen"):
    return Reading({"from": "2019-01-01"}, words, label)


def url(words):
    return f"?q={words}"


@pytest.mark.parametrize(
    ("q", "words", "without", "literal"),
    [
        ("dikomm 2019", "2019", "dikomm", 'dikomm "2019"'),
        ("2019 dikomm 2019", "2019", "dikomm 2019", '"2019" dikomm 2019'),
        (
            "kongress  november 2018 berlin",
            "november 2018",
            "kongress berlin",
            'kongress "november 2018" berlin',
        ),
        ("a.b (c", "a.b", "(c", '"a.b" (c'),
        ("bonner bonn", "bonn", "bonner", 'bonner "bonn"'),
        (r"\1 2019", "2019", r"\1", r'\1 "2019"'),
    ],
)
def test_a_reading_can_be_dropped_or_taken_as_words(q, words, without, literal):
    told = understood(q, Understanding([reading(words)]), url)
    assert (told.chips[0].remove_url, told.chips[0].literal_url) == (url(without), url(literal))


def test_a_correction_names_both_ways():
    told = understood('"Digtaler" Staat', Understanding(correction="Digitaler Staat", corrected=True), url)
    assert told.is_corrected
    assert told.correction_url == url("Digitaler Staat")
    assert told.literal_url == url('"Digtaler Staat"')


def test_nothing_to_say():
    told = understood("ki", Understanding(), url)
    assert (told.chips, told.correction, told.is_corrected, told.left_out) == ([], "", False, "")


def test_words_that_were_not_looked_for_are_told():
    told = understood("dikomm kostenlos online", Understanding(dropped=["kostenlos", "online"]), url)
    assert told.dropped == "kostenlos, online"


def test_quotes_never_stand_in_quotes():
    assert quoted('a "b" c"') == '"a b c"'


@pytest.mark.parametrize(
    ("values", "label", "told"),
    [
        ({"from": "2019-01-01", "to": "2019-12-31"}, "2019", "Zeitraum: 2019"),
        ({"city": "koeln"}, "Köln", "Stadt: Köln"),
        ({"format": "webinar"}, "Webinar", "Format: Webinar"),
        ({"mode": "online"}, "virtuell", "Durchführung: Online"),
        ({"state": "DE-NW"}, "NRW", "Bundesland oder Region: Nordrhein-Westfalen"),
        ({"free": "1"}, "gratis", "Kostenfrei"),
    ],
)
def test_a_reading_is_called_like_the_filter_that_says_the_same(values, label, told):
    chips = understood("wort", Understanding([Reading(values, "wort", label)]), url).chips
    assert [chip.label for chip in chips] == [told]
