"""What `dev.py bench speed` makes of its figures. The figures themselves come of a real run."""

import copy
import json

import pytest

from tests.sources import ROOT
from tools.speed import bars, comparing, driving, fetching, telling
from tools.speed.serving import database_busy, proportional

FIGURES = {"rate": 400.0, "p50": 4.0, "p95": 6.0, "p99": 9.0, "cpu_ms": 4.0, "errors": 0, "kb": 8.0}
EMPTY = FIGURES | {"rate": 2_000.0, "cpu_ms": 0.8}
ROWS = FIGURES | {"rate": 800.0, "cpu_ms": 2.0}
COUNTED = {"queries": 3, "rows": 200.0, "kb": 60.0, "kb_packed": 8.0}
CALENDAR = {"first_s": 0.05, "whole_s": 0.6, "mb": 8.0, "grew_mb": 1.0}


def phase(**pages):
    yardsticks = {"empty": EMPTY, "rows": ROWS}
    return {"pages": pages, "yardsticks": yardsticks, "load": 0.2, "noise": 0.02, "memory_mb": [120.0, 119.0]}


def size():
    return {
        "events": 10_000,
        "database_mb": 200.0,
        "cold": phase(list={"2": FIGURES}, detail={"2": FIGURES}),
        "warm": phase(
            list={"2": EMPTY}, detail={"2": EMPTY}, **{"list, 304": {"2": EMPTY}, "detail, 304": {"2": EMPTY}}
        ),
        "calendar_of_all": {"never": CALENDAR, "cold": CALENDAR, "again": CALENDAR},
        "application_ms": {"all": 3.0},
        "counted": {"list": COUNTED, "detail": COUNTED},
    }


@pytest.fixture
def told():
    machine = {"cores": 2, "processor": "a processor", "load": 0.2}
    head = {"made": "2026-11-22 10:00", "revision": "abc", "generator": "wrk", "machine": machine}
    return json.loads(json.dumps(head | {"sizes": {"1000": size(), "10000": size()}}))


def verdicts(told):
    return {bar.what: bar.holds for bar in bars.bars(told)}


def test_all_bars_hold_where_all_is_quick(told):
    assert set(verdicts(told).values()) <= {True, None}


def test_a_slow_list_is_told(told):
    told["sizes"]["10000"]["cold"]["pages"]["list"]["2"] |= {"rate": 100.0, "p50": 20.0}
    assert [what for what, holds in verdicts(told).items() if holds is False] == [
        "10000 list, cold",
        "10000 list, cold, p50",
    ]


def test_neighbours_on_the_machine_leave_a_rate_open_but_not_processor_time(told):
    cold = told["sizes"]["10000"]["cold"]
    cold["load"] = 9.0
    cold["pages"]["detail"]["2"] |= {"rate": 20.0}
    cold["pages"]["list"]["2"] |= {"rate": 20.0, "cpu_ms": 40.0}
    found = verdicts(told)
    assert (found["10000 detail, cold"], found["10000 list, cold"]) == (None, False)


def test_growth_is_told_in_units_of_the_yardstick(told):
    large = told["sizes"]["10000"]["cold"]
    large["pages"]["list"]["2"] |= {"cpu_ms": 24.0}
    large["yardsticks"] = {"empty": EMPTY, "rows": ROWS | {"cpu_ms": 4.0}}
    sizes = {int(events): one for events, one in told["sizes"].items()}
    assert bars.growth(sizes, "list") == pytest.approx(3.0)
    assert verdicts(told)["growth of list, 1000 to 10000"] is False


def test_errors_and_budgets_are_bars(told):
    told["sizes"]["1000"]["cold"]["pages"]["list"]["2"] |= {"errors": 2}
    told["sizes"]["1000"]["counted"]["list"] |= {"queries": 999}
    assert [what for what, holds in verdicts(told).items() if holds is False] == [
        "1000 errors",
        "1000 budgets",
    ]


def test_two_runs_differ_by_what_is_more_than_chance(told):
    after = copy.deepcopy(told)
    page = after["sizes"]["1000"]
    page["counted"]["list"] |= {"queries": 4, "rows": 205.0}
    page["cold"]["pages"]["detail"]["2"] |= {"cpu_ms": 8.0}
    page["cold"]["pages"]["list"]["2"] |= {"cpu_ms": 4.3}
    page["warm"]["memory_mb"] = [180.0]
    assert list(comparing.changes(told, after)) == [
        "1000: list: 3 → 4 queries",
        "1000: detail, cold: × 2.00 slower (noise 19%)",
        "1000: memory of a worker, warm: 120 → 180 MB",
    ]
    assert list(comparing.changes(told, told)) == []


def test_results_outlive_their_file_and_become_tables(told):
    read = json.loads(json.dumps(told))
    for lines in (telling.text(read), telling.markdown(read)):
        text = "\n".join(lines)
        assert "10000 events" in text
        assert "NOT HELD" not in text


def test_the_published_budgets_are_those_that_are_measured():
    published = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    rows = [f"| {kind} | {ms:g} | {queries} | {kb:g} |" for kind, (ms, queries, kb) in bars.BUDGETS.items()]
    heads = ["| page | ms cold | queries | kB sent |", "|---|--:|--:|--:|"]
    assert "\n".join(["", *heads, *rows, ""]) in published


def test_the_load_without_wrk_counts_answers_and_errors(live_answers, monkeypatch):
    monkeypatch.setattr(driving.shutil, "which", lambda name: None)
    load = driving.drive(live_answers, ["/", "/missing"], 1, 0.1, {})
    assert load.requests > 2
    assert load.errors == load.requests // 2
    assert 0 < load.p50 <= load.p95 <= load.p99
    assert "Python" in driving.generator()


@pytest.fixture
def live_answers():
    """The port of a server that says 200 to `/` and 404 to anything else."""
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
    from threading import Thread

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def test_only_what_was_meant_is_measured(live_answers):
    assert fetching.fetch(live_answers, "/", {}).status == 200
    with pytest.raises(fetching.Problem, match="answers with 404"):
        fetching.fetch(live_answers, "/elsewhere", {})
    assert fetching.fetch_long(live_answers, "/", [])["mb"] == 2e-6


def test_a_process_that_is_gone_uses_nothing():
    assert proportional(2**22 + 1) == database_busy(2**22 + 1) == 0
