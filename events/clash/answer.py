"""The whole answer to a plan: what competes, what the calendar says, which weeks are calmer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from events.clash import days, weeks
from events.clash.competing import Competition, Plan, Strength, competitions, likeness
from events.clash.form import PlanForm
from events.clash.reasons import Reason, reasons
from events.clash.rows import Shown, Surroundings, surroundings
from events.clash.weeks import Span

# Competitions that a page names; weaker ones are only counted.
MOST_NAMED = 25


@dataclass(frozen=True)
class Answer:
    plan: Plan
    competitions: Sequence[Competition]
    surroundings: Surroundings
    days: days.Days
    around: Sequence[Span]
    calmest: Sequence[Span]

    @property
    def named(self) -> list[tuple[Competition, Shown, list[Reason]]]:
        return [
            (one, self.surroundings.shown(one.rival.key), reasons(self.plan, one.rival))
            for one in self.competitions[:MOST_NAMED]
        ]

    @property
    def unnamed(self) -> int:
        return max(0, len(self.competitions) - MOST_NAMED)

    @cached_property
    def counts(self) -> dict[Strength, int]:
        found = [one.strength for one in self.competitions]
        return {strength: found.count(strength) for strength in Strength}

    @property
    def planned(self) -> Span:
        return next(span for span in self.around if span.is_planned)


def answer(form: PlanForm, at: dt.datetime) -> Answer:
    """What to tell of a valid form."""
    plan, state = form.plan, form.state_for_holidays
    found = surroundings(plan, form.whereabouts, at)
    alike = [likeness(plan, rival) for rival in found.rivals]
    around = weeks.spans(plan, alike, days.look(state))
    return Answer(
        plan=plan,
        competitions=competitions(plan, alike),
        surroundings=found,
        days=days.days(plan.first, plan.last, state),
        around=around,
        calmest=weeks.calmest(around, timezone.localdate(at)),
    )
