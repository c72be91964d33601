"""Asking a host: HEAD before GET, its rules, its pace."""

import pytest

from curation.links.asking import Host, ask_all
from curation.models.links import LinkState
from lib.outgoing import Limits, Outgoing
from tests.lib.outgoing_server import LOOPBACK, ROBOTS, serving

AGENT = "kongressatlas-links/1.0 (+https://atlas.example)"


@pytest.fixture
def server():
    with serving() as server:
        yield server


def host(server, seconds=20.0, **options):
    """`seconds` for one answer: plenty, so that a busy machine makes none late."""
    trusted = frozenset({(LOOPBACK, server.server_port)})
    outgoing = Outgoing(AGENT, Limits(seconds=seconds), lambda name, port: [LOOPBACK], trusted=trusted)
    options.setdefault("sleep", lambda seconds: None)
    return Host(outgoing, AGENT, **options)


def url_of(server, path):
    return f"http://seite.example:{server.server_port}{path}"


@pytest.mark.parametrize(
    ("path", "state", "status"),
    [
        ("/", "ok", 200), ("/get-only", "ok", 200), ("/moved", "redirected", 200), ("/gone", "failing", 410),
        ("/missing", "failing", 404), ("/broken", "failing", 500), ("/forbidden", "unknown", 403),
        ("/busy", "unknown", 503), ("/slow", "timeout", None), ("/endless", "ok", 200),
        ("/huge-header", "failing", None), ("/nonsense", "failing", None), ("/round", "failing", None),
        ("/inside", "refused", None), ("/kept", "robots", None), ("/into-kept", "robots", None),
    ],
)  # fmt: skip
def test_every_trouble_is_an_outcome(path, state, status, server):
    seconds = 0.4 if state == "timeout" else 20.0
    outcome = host(server, seconds).ask(url_of(server, path))
    assert (outcome.state, outcome.status) == (state, status)


def test_the_first_bytes_are_enough(server):
    host(server).ask(url_of(server, "/get-only"))
    methods = [
        (method, headers.get("Range")) for method, path, headers in server.asked if path == "/get-only"
    ]
    assert methods == [("HEAD", None), ("GET", "bytes=0-4095")]


def test_what_is_kept_from_programs_is_not_asked(server):
    host(server).ask(url_of(server, "/kept"))
    assert [path for _method, path, _headers in server.asked] == ["/robots.txt"]


def test_rules_are_read_once(server):
    one = host(server)
    for path in ("/", "/moved", "/gone"):
        one.ask(url_of(server, path))
    assert [path for _method, path, _headers in server.asked].count("/robots.txt") == 1


@pytest.mark.parametrize(("status", "state"), [(404, "ok"), (403, "ok"), (500, "robots")])
def test_missing_rules_allow_all_and_broken_ones_nothing(status, state, server):
    server.robots_status = status
    assert host(server).ask(url_of(server, "/kept-too")).state == state


def test_rules_for_this_program_alone_are_kept(server):
    server.robots = b"User-agent: kongressatlas-links\nDisallow: /\n\nUser-agent: *\nDisallow:\n"
    assert host(server).ask(url_of(server, "/")).state == LinkState.ROBOTS


@pytest.mark.parametrize(("rules", "pause"), [(ROBOTS, 2), (b"User-agent: *\nCrawl-delay: 7\n", 7),
                                              (b"User-agent: *\nCrawl-delay: 9999\n", 30)])  # fmt: skip
def test_between_two_requests_there_is_a_pause(rules, pause, server):
    server.robots = rules
    pauses = []
    one = host(server, sleep=pauses.append)
    one.ask(url_of(server, "/"))
    one.ask(url_of(server, "/again"))
    assert [round(seconds) for seconds in pauses] == [pause, pause]


def test_addresses_of_a_host_are_left_when_time_is_up(server):
    turns = iter([True, True, False])
    urls = [url_of(server, f"/{number}") for number in range(5)]
    told = list(ask_all(host(server), urls, lambda: next(turns)))
    assert [url for url, _outcome in told] == urls[:2]
