"""Periodic work: what is due, by whom it is done, and what is noted."""

import datetime as dt
import io
import re

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from operations import jobs, running
from operations.jobs import DAY, HOUR, MINUTE, Job, all_jobs, due_at, is_due, overdue
from operations.models import JobRun
from operations.running import Outcome, run
from privacy import periods
from tests.factories import NOW
from tests.rules import refused
from tests.sources import table_rows

SESSIONS = Job("clearsessions", "Sessions", HOUR)


def noted(began_at=NOW, *, minutes=1, succeeded=True, command="clearsessions", **values):
    ended = None if minutes is None else began_at + minutes * MINUTE
    return JobRun.objects.create(
        command=command, began_at=began_at, ended_at=ended, succeeded=succeeded, **values
    )


def broken(monkeypatch, error):
    def fail(*_args, **_options):
        raise error

    monkeypatch.setattr(running, "call_command", fail)


# -- what is due -----------------------------------------------------------------------------------


class TestDue:
    def last(self, **values):
        return JobRun(**{"began_at": NOW, "ended_at": NOW + MINUTE, "succeeded": True, **values})

    def test_never_done_is_due(self):
        assert is_due(SESSIONS, None, NOW)

    def test_done_is_due_after_its_interval_less_what_timers_miss(self):
        assert not is_due(SESSIONS, self.last(), NOW + 53 * MINUTE)
        assert is_due(SESSIONS, self.last(), NOW + 54 * MINUTE)

    def test_broken_off_is_due_at_once(self):
        assert is_due(SESSIONS, self.last(ended_at=None, succeeded=False), NOW + MINUTE)

    def test_failed_is_tried_again_sooner(self):
        assert due_at(SESSIONS, self.last(succeeded=False)) == NOW + 10 * MINUTE

    def test_failed_is_never_tried_later_than_usual(self):
        often = Job("clearsessions", "Sessions", 5 * MINUTE)
        assert due_at(often, self.last(succeeded=False)) == NOW + 5 * MINUTE

    def test_a_clock_put_back_stops_nothing(self):
        assert is_due(SESSIONS, self.last(), NOW - DAY)

    def test_a_timer_that_stopped_is_noticed(self):
        assert not overdue(SESSIONS, self.last(), NOW + 3 * HOUR)
        assert overdue(SESSIONS, self.last(), NOW + 3 * HOUR + MINUTE)

    @given(st.integers(0, 10**5), st.booleans(), st.booleans())
    def test_what_is_due_stays_due_until_it_is_done(self, minutes, succeeded, ended):
        last = self.last(succeeded=succeeded and ended, ended_at=NOW if ended else None)
        if is_due(SESSIONS, last, NOW + minutes * MINUTE):
            assert is_due(SESSIONS, last, NOW + (minutes + 1) * MINUTE)


def test_every_job_is_a_command_that_needs_no_argument():
    for job in all_jobs():
        assert call_command_parses(job.command), job.command
    assert len(all_jobs()) >= 8


def test_the_papers_name_every_job():
    words = {5 * MINUTE: "every 5 minutes", HOUR: "every hour", DAY: "every day", 7 * DAY: "every week"}
    known = {f"`{job.command}`": words[job.every] for job in all_jobs()}
    # Offered where there is a folder for them.
    known |= {"`back_up`": words[DAY]}
    told = {row[0]: row[1] for row in table_rows("operations.md") if row[1].startswith("every ")}
    assert {job: re.match(r"[\w ]+", text)[0] for job, text in told.items()} == known


def call_command_parses(name):
    from django.core.management import get_commands, load_command_class

    command = load_command_class(get_commands()[name], name)
    return command.create_parser("manage.py", name).parse_args([])


# -- doing it --------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestRun:
    def test_it_is_done_and_noted(self):
        told = run(SESSIONS, NOW)
        assert told.outcome is Outcome.DONE
        found = JobRun.objects.get()
        assert (found.began_at, found.succeeded) == (NOW, True)
        assert found.ended_at >= NOW

    def test_what_was_done_meanwhile_is_left(self):
        noted(NOW)
        assert run(SESSIONS, NOW + MINUTE).outcome is Outcome.NOT_DUE
        assert JobRun.objects.count() == 1

    def test_after_a_clock_that_was_ahead_it_is_done_once(self):
        noted(NOW + 365 * DAY)
        assert run(SESSIONS, NOW).outcome is Outcome.DONE
        assert run(SESSIONS, NOW + MINUTE).outcome is Outcome.NOT_DUE
        assert JobRun.objects.all().latest_by_command()["clearsessions"].began_at == NOW

    def test_by_its_name_it_is_done_anyway(self):
        noted(NOW)
        assert run(SESSIONS, NOW + MINUTE, anyway=True).outcome is Outcome.DONE

    def test_whoever_comes_second_leaves_it(self):
        with running.turn("clearsessions") as is_ours:
            assert is_ours
            assert running.at_work(["clearsessions", "tidy_pictures"]) == {"clearsessions"}
            assert run(SESSIONS, NOW).outcome is Outcome.ELSEWHERE
        assert running.at_work(["clearsessions"]) == set()
        assert run(SESSIONS, NOW).outcome is Outcome.DONE

    def test_what_a_command_says_of_its_failure_is_noted(self, monkeypatch):
        broken(monkeypatch, CommandError("The mail server does not answer."))
        assert run(SESSIONS, NOW).outcome is Outcome.FAILED
        found = JobRun.objects.get()
        assert (found.succeeded, found.said) == (False, "The mail server does not answer.")

    def test_of_any_other_failure_only_the_kind(self, monkeypatch, caplog):
        broken(monkeypatch, ValueError("Erika Mustermann"))
        assert run(SESSIONS, NOW).outcome is Outcome.FAILED
        assert JobRun.objects.get().said == "ValueError"
        assert "clearsessions failed" in caplog.text

    def test_what_is_said_fits(self, monkeypatch):
        broken(monkeypatch, CommandError("x" * 1_000))
        run(SESSIONS, NOW)
        assert JobRun.objects.get().said == "x" * 299 + "…"

    @pytest.mark.parametrize(("days", "forgotten"), [(30, 1), (0, 0)])
    def test_old_runs_are_forgotten_but_for_the_last(self, settings, days, forgotten):
        settings.JOB_RUN_DAYS = days
        noted(NOW - 41 * DAY)
        kept = {noted(NOW - 40 * DAY), noted(NOW - 2 * DAY, command="tidy_pictures")}
        assert periods.delete_expired(NOW).get("runs of jobs", 0) == forgotten
        assert kept <= set(JobRun.objects.all())


@pytest.mark.django_db
class TestCommand:
    @pytest.fixture(autouse=True)
    def _two_jobs(self, now, monkeypatch):
        known = {job.command: job for job in [SESSIONS, Job("delete_old_sign_ins", "Sign-ins", DAY)]}
        monkeypatch.setattr(jobs, "_jobs", known)

    def said(self, *words):
        written = io.StringIO()
        call_command("run_due_jobs", *words, stdout=written)
        return written.getvalue()

    def test_all_that_is_due_is_done_once(self):
        said = self.said()
        assert said.index("clearsessions: done") < said.index("delete_old_sign_ins: done")
        assert self.said() == "Nothing is due.\n"
        assert JobRun.objects.count() == 2

    def test_how_long_runs_are_kept_is_another_jobs_to_say(self):
        old = [noted(NOW - days * DAY) for days in (400, 300)]
        self.said()
        assert set(old) < set(JobRun.objects.all())

    def test_one_failure_does_not_keep_the_others_from_being_done(self, monkeypatch):
        broken(monkeypatch, CommandError("No."))
        with pytest.raises(CommandError, match="clearsessions, delete_old_sign_ins"):
            self.said()
        assert JobRun.objects.filter(said="No.").count() == 2

    def test_one_job_by_its_name(self):
        assert "delete_old_sign_ins: done" in self.said("--job", "delete_old_sign_ins")
        assert JobRun.objects.get().command == "delete_old_sign_ins"

    def test_an_unknown_name_is_told_the_known_ones(self):
        with pytest.raises(CommandError, match=r"There are: clearsessions, delete_old_sign_ins\."):
            self.said("--job", "tidy")

    def test_the_list(self):
        noted(NOW)
        assert self.said("--list").splitlines() == [
            f"clearsessions: every 1:00:00, last {NOW:%Y-%m-%d %H:%M} UTC,"
            f" due {NOW + dt.timedelta(hours=1):%Y-%m-%d %H:%M} UTC",
            "delete_old_sign_ins: every 1 day, 0:00:00, never yet, due at once",
        ]


@pytest.mark.django_db
def test_no_run_succeeds_without_an_end():
    with refused("jobrun_succeeds_by_ending"):
        noted(minutes=None)
