"""Numbers for monitoring."""

import os
import re

import pytest
from django.db import OperationalError
from django.urls import reverse

from lib.counting import Counts
from operations import answers, facts, jobs
from operations.facts import Fact, metric
from operations.jobs import HOUR, MINUTE, Job
from tests.factories import NOW
from tests.operations.test_jobs import noted

pytestmark = pytest.mark.django_db
TOKEN = {"Authorization": "Bearer geheim"}


@pytest.fixture(autouse=True)
def _token(now, settings):
    settings.METRICS_TOKEN = "geheim"


def told(client, **headers):
    return client.get(reverse("metrics"), headers=headers or TOKEN)


def test_the_numbers(client, monkeypatch):
    monkeypatch.setattr(
        facts, "_offered", {"disk": lambda at: [Fact("Platz", "x", "", metric("free", "Room.", 12))]}
    )
    known = {name: Job(name, name, HOUR) for name in ("clearsessions", "tidy_pictures")}
    monkeypatch.setattr(jobs, "_jobs", known)
    noted(NOW - MINUTE, minutes=2)
    noted(NOW - MINUTE, succeeded=False, command="back_up")
    answer = told(client)
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    lines = [line for line in lines if "process=" not in line]
    assert lines == [
        "kongressatlas_database_up 1",
        "kongressatlas_free 12",
        f'kongressatlas_job_begun_timestamp_seconds{{job="clearsessions"}} {NOW.timestamp() - 60:.12g}',
        'kongressatlas_job_duration_seconds{job="clearsessions"} 120',
        'kongressatlas_job_succeeded{job="clearsessions"} 1',
        'kongressatlas_job_overdue{job="clearsessions"} 0',
        'kongressatlas_job_overdue{job="tidy_pictures"} 1',
    ]


def test_what_all_apps_offer_is_in_the_form_that_is_promised(client):
    text = told(client).content.decode()
    labels = r'\{[a-z]+="[^"]+"(,[a-z]+="[^"]+")*\}'
    form = rf"# (HELP|TYPE) kongressatlas_[a-z_]+ .+|kongressatlas_[a-z_]+({labels})? [0-9.e+-]+"
    for line in text.splitlines():
        assert re.fullmatch(form, line)
    assert "kongressatlas_search_waiting_entries 0" in text


def test_each_process_tells_what_it_has_answered(client):
    counts = Counts()
    counts.door = 3
    counts.note("home", 200, 0.02)
    counts.note("home", 500, 9)
    told = answers.text(counts).splitlines()
    name = f'process="{os.getpid()}"'
    assert [line for line in told if not line.startswith("#")][:3] == [
        f"kongressatlas_shelf_answers_total{{{name}}} 3",
        f'kongressatlas_answers_total{{{name},view="home",status="2xx"}} 1',
        f'kongressatlas_answers_total{{{name},view="home",status="5xx"}} 1',
    ]
    buckets = [line.rpartition(" ")[2] for line in told if "_bucket" in line]
    assert buckets == ["0", "1", "1", "1", "1", "1", "1", "1", "2"]
    assert f'kongressatlas_answer_seconds_sum{{{name},view="home"}} 9.020000' in told


def test_without_the_database_it_says_so(client, monkeypatch):
    def away(at):
        raise OperationalError

    monkeypatch.setattr(facts, "_offered", {"database": away})
    assert "kongressatlas_database_up 0" in told(client).content.decode()


@pytest.mark.parametrize("brought", ["", "Bearer ", "Bearer falsch", "Bearer gehéim"])
def test_to_all_others_there_is_nothing(client, brought):
    assert told(client, Authorization=brought).status_code == 404


def test_without_a_token_there_is_nothing_for_anybody(client, settings):
    settings.METRICS_TOKEN = ""
    assert told(client, Authorization="Bearer ").status_code == 404
