"""The table of the judged questions."""

from search.judging import report
from search.judging.cases import Judged, Pair, Question

JUDGED = Judged(
    questions=[
        Question("sccon", "short name", {"scc-2024": 3}),
        Question("ki", "topic", {"tagung": 3, "messe": 2}),
    ],
    nothing=["lasagne", "tanzkurs"],
    pairs=[Pair("umlaut", "münchen", "muenchen"), Pair("number", "kongress", "kongresse")],
)
FOUND = {
    "sccon": ["scc-2024"],
    "ki": ["fremd"],
    "tanzkurs": ["messe"],
    "münchen": ["tagung"],
    "muenchen": ["tagung"],
    "kongress": ["tagung", "messe"],
    "kongresse": ["messe"],
}


def measured():
    return report.measure(JUDGED, lambda text: FOUND.get(text, []))


def test_scores_are_shares():
    assert measured().scores() == {
        "nDCG@10": 0.5,
        "success@3": 0.5,
        "nothing found": 0.5,
        "pairs agree": 0.5,
    }


def test_the_table_holds_the_scores_against_their_bars_and_tells_each_group():
    lines = list(report.table(measured()))
    assert lines[0].split() == ["nDCG@10", "0.500", "bar", "0.92", "MISSED"]
    rows = [" ".join(line.split()) for line in lines]
    assert "short name 1 1.000 1.000" in rows
    assert "topic 1 0.000 0.000" in rows
    assert "umlaut 1 1.000" in rows


def test_misses_name_the_question_and_what_was_found_instead():
    assert list(report.misses(measured())) == [
        "0.00  ki  (topic): fremd",
        "should find nothing: tanzkurs: messe",
        "differ (number): kongress: tagung, messe | kongresse: messe",
    ]
