"""The search finds what people who read the whole catalogue say it should find, at a clock that stands."""

import pytest
from django.core.management import call_command

from index.refresh import refresh_all
from search.judging import asking, report

pytestmark = pytest.mark.django_db


def short_of(measured):
    return {what: score for what, score in measured.scores().items() if score < report.BARS[what]}


def test_the_bars_are_reached(now):
    call_command("load_catalogue", verbosity=0)
    refresh_all()
    tuning = asking.measured(asking.TUNING)
    assert not short_of(tuning), "\n".join([str(short_of(tuning)), *report.misses(tuning)])
    # Which of the questions held out fell short is not told: nobody shall tune to them.
    assert not short_of(asking.measured(asking.HELD_OUT))
