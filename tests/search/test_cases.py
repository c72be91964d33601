"""The judged questions say what they mean."""

import json

import pytest
from django.conf import settings

from search.judging import cases

FOLDER = settings.BASE_DIR / "data" / "search"
CATALOGUE = {
    "venues": [{"slug": "halle", "city": "Köln"}, {"slug": "land"}],
    "events": [
        {
            "slug": "tagung-2024",
            "series": "tagung",
            "title": "Tagung: KI im Amt",
            "start": "2024-05-02",
            "topics": ["ki"],
            "venues": [{"venue": "halle"}],
            "appearances": [{"speaker": "erika"}],
            "participations": [
                {"organisation": "amt", "role": "host"},
                {"organisation": "presse", "role": "partner"},
            ],
        },
        {"slug": "netz-2024", "title": "Netz", "start": "2024-06-01", "topics": ["ki"], "is_free": True},
    ],
}


@pytest.fixture
def judged(tmp_path):
    def judged(relevant):
        queries = [{"query": "Frage", "group": "topic", "relevant": relevant}]
        path = tmp_path / "judged.json"
        path.write_text(json.dumps({"queries": queries, "nothing": ["x"], "pairs": [["number", "a", "b"]]}))
        return cases.read(path, CATALOGUE)

    return judged


@pytest.mark.parametrize(
    "selector",
    ["tagung-2024", "series:tagung", "month:2024-05", "city:koeln", "speaker:erika", "organiser:amt",
     "organisation:presse", "title:ki", "title:im-amt", "topic:ki&mode:onsite&city:koeln"],
)  # fmt: skip
def test_a_judgement_names_entries_by_what_they_have(judged, selector):
    assert judged({"3": [selector]}).questions[0].grades == {"tagung-2024": 3}


def test_the_highest_grade_counts(judged):
    relevant = {"2": ["topic:ki"], "3": ["free"], "1": ["year:2024"]}
    assert judged(relevant).questions[0].grades == {"tagung-2024": 2, "netz-2024": 3}


def test_a_judgement_that_names_nothing_is_refused(judged):
    with pytest.raises(ValueError, match="“Frage” names no entry by organiser:presse"):
        judged({"3": ["organiser:presse"]})


def test_questions_without_an_answer_and_pairs_are_read(judged):
    told = judged({"3": ["free"]})
    assert told.nothing == ["x"]
    assert told.pairs == [cases.Pair("number", "a", "b")]


def test_there_are_enough_questions_and_none_twice():
    catalogue = json.loads((settings.BASE_DIR / "data" / "catalogue.json").read_text())
    files = [cases.read(FOLDER / name, catalogue) for name in ("tuning.json", "held_out.json")]
    questions = [one.text for told in files for one in told.questions]
    nothing = [one for told in files for one in told.nothing]
    pairs = [(one.one, one.other) for told in files for one in told.pairs]
    assert len(questions) >= 60
    assert len(nothing) >= 15
    assert len(pairs) >= 60
    assert len(set(questions)) + len(set(nothing)) == len({*questions, *nothing}) == len(questions + nothing)
    assert len(files[1].questions) * 3 >= len(questions)
