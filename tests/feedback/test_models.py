"""What the database refuses of a report, and which reports a question finds."""

import datetime as dt

import pytest

from events.models import Event
from feedback.models import LONGEST_MESSAGE, Report
from tests.factories import NOW, TODAY, EventFactory
from tests.rules import refused, rules_of

pytestmark = pytest.mark.django_db

WRONG = {
    "report_kind_known": {"kind": "praise"},
    "report_state_known": {"state": "lost", "settled_at": NOW},
    "report_language_known": {"language": "fr"},
    "report_says_something": {"message": ""},
    "report_message_is_short_enough": {"message": "x" * (LONGEST_MESSAGE + 1)},
    "report_barrier_has_due_date": {"answer_due_on": None},
    "report_settled_says_when": {"state": "answered"},
    "report_mailed_answer_says_something": {"answer_mailed_at": NOW},
}


def test_every_rule_is_tried():
    assert set(WRONG) == rules_of("feedback")


@pytest.mark.parametrize(("rule", "values"), WRONG.items())
def test_the_database_refuses(make_report, rule, values):
    with refused(rule):
        make_report(**values)


@pytest.mark.parametrize("state", ["new", "in_work"])
def test_an_open_report_was_not_settled(make_report, state):
    with refused("report_settled_says_when"):
        make_report(state=state, settled_at=NOW)


def test_the_longest_message_fits(make_report):
    assert make_report(message="ß" * LONGEST_MESSAGE).pk


def test_a_report_outlives_its_event(make_report):
    event = EventFactory()
    report = make_report(kind="error", answer_due_on=None, event=event)
    Event.objects.filter(pk=event.pk).delete()
    report.refresh_from_db()
    assert report.event is None


@pytest.mark.parametrize(
    ("due", "state", "is_late"),
    [(-1, "new", True), (-1, "in_work", True), (0, "new", False), (1, "new", False), (-1, "answered", False)],
)
def test_a_report_is_overdue_after_its_day(make_report, due, state, is_late):
    settled = None if state in ("new", "in_work") else NOW
    report = make_report(answer_due_on=TODAY + dt.timedelta(days=due), state=state, settled_at=settled)
    assert report.is_overdue(NOW) is is_late
    assert Report.objects.overdue(NOW).exists() is is_late


def test_unsent_ones_come_oldest_first(make_report):
    second = make_report()
    first = make_report(created_at=NOW - dt.timedelta(hours=1))
    make_report(mailed_at=NOW)
    assert list(Report.objects.unsent()) == [first, second]
