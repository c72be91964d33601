"""What an answer says of an address, and when to ask again."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.links.judging import DAYS_UNTIL_DEAD, Outcome, Record, is_worth_taking, judged, outcome_of
from curation.models.links import LinkState
from lib.outgoing import Answer
from tests.factories import NOW

URL = "https://seite.example/tagung"
MONTH = dt.timedelta(days=30)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("status", "state"),
    [(200, "ok"), (204, "ok"), (304, "failing"), (400, "failing"), (401, "unknown"), (403, "unknown"),
     (404, "failing"), (405, "failing"), (410, "failing"), (429, "unknown"), (451, "unknown"),
     (500, "failing"), (502, "failing"), (503, "unknown"), (999, "unknown")],
)  # fmt: skip
def test_each_answer_says_something(status, state):
    assert outcome_of(URL, Answer(URL, status, {}), 80) == Outcome(state, status, "", 80)


def test_a_new_address_is_proposed_where_it_holds_for_good():
    for code, target in (
        (301, "https://neu.example/t"),
        (308, "https://neu.example/t"),
        (302, ""),
        (307, ""),
    ):
        answer = Answer("https://neu.example/t", 200, {}, b"", ((URL, code),))
        assert outcome_of(URL, answer, 1) == Outcome("redirected", 200, target, 1)
    mixed = Answer("https://neu.example/t", 200, {}, b"", ((URL, 301), ("https://x.example", 302)))
    assert outcome_of(URL, mixed, 1).target == ""


@pytest.mark.parametrize(
    ("old", "new", "worth"),
    [
        ("http://a.example/t", "https://a.example/t", True),
        ("http://a.example", "https://www.a.example/", True),
        ("https://a.example/t", "https://a.example/", False),
        ("https://a.example/?id=7", "https://a.example/", False),
        ("https://a.example/t", "http://a.example/t", False),
        ("https://a.example/t", f"https://a.example/{'x' * 500}", False),
    ],
)
def test_a_page_that_was_sent_to_a_start_page_has_gone(old, new, worth):
    assert is_worth_taking(old, new) is worth


def after(outcomes):
    """The record after these outcomes, each (state, hours later)."""
    record, at = Record(LinkState.UNKNOWN), NOW
    for state, hours in outcomes:
        at += dt.timedelta(hours=hours)
        record = judged(record, Outcome(LinkState(state)), at, MONTH)
    return record


def test_an_address_dies_of_failures_on_three_days():
    assert DAYS_UNTIL_DEAD == 3
    assert after([("failing", 24), ("timeout", 24)]).state == "timeout"
    dead = after([("failing", 24), ("timeout", 24), ("refused", 24)])
    assert (dead.state, dead.failed_days, dead.failing_since) == ("dead", 3, NOW + DAY)


def test_failures_of_one_day_count_once():
    assert after([("failing", 1)] * 9).failed_days == 1


def test_one_good_answer_brings_it_back_to_life():
    assert after([("failing", 24)] * 5 + [("ok", 24)]) == Record(LinkState.OK, due_at=NOW + 6 * DAY + MONTH)


def test_an_answer_that_tells_nothing_changes_nothing():
    assert after([("failing", 24)] * 3 + [("unknown", 24)]).state == "dead"
    assert after([("unknown", 24)]).state == "unknown"


def test_what_fails_is_asked_the_next_day_and_what_is_dead_ever_more_seldom():
    waits, record, at = [], Record(LinkState.OK), NOW
    for _time in range(10):
        record = judged(record, Outcome(LinkState.FAILING), at, MONTH)
        waits.append((record.due_at - at).days)
        at = record.due_at
    assert waits == [1, 1, 1, 2, 4, 8, 16, 32, 60, 60]


def test_a_server_that_asks_for_patience_gets_it():
    told = outcome_of(URL, Answer(URL, 503, {"retry-after": "864000"}), 1)
    assert judged(Record(LinkState.OK), told, NOW, MONTH).due_at == NOW + 10 * DAY
    never = outcome_of(URL, Answer(URL, 429, {"retry-after": "9" * 30}), 1)
    assert judged(Record(LinkState.OK), never, NOW, MONTH).due_at == NOW + 30 * DAY
    assert outcome_of(URL, Answer(URL, 429, {"retry-after": "Mon, 01 Mar 2027"}), 1).retry_after is None


OUTCOMES = st.lists(
    st.tuples(
        st.sampled_from([state.value for state in LinkState if state != LinkState.DEAD]), st.integers(0, 60)
    ),
    max_size=12,
)


@given(OUTCOMES)
def test_whatever_happens_the_record_is_one_that_the_database_takes(outcomes):
    record = after(outcomes)
    failing = (record.failed_on is not None, record.failing_since is not None)
    assert set(failing) == {record.failed_days > 0}
    assert (record.state == "dead") == (record.failed_days >= DAYS_UNTIL_DEAD)
    assert not outcomes or record.due_at > NOW
