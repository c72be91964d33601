"""The fuzzer asks what it promises, tells right from wrong, and a few hundred requests of it find nothing."""

import io
from urllib.parse import unquote_to_bytes

import pytest
from django.test.client import ClientHandler
from django.test.utils import override_settings

from tools.fuzz.addresses import addresses, survey
from tools.fuzz.asking import Keys, Maker, Request
from tools.fuzz.judging import curl, findings
from tools.fuzz.wire import Answer, Wire

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
NUMBER = 150
GOOD = [("Content-Type", "text/html"), ("Content-Language", "de"), ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"), ("Content-Security-Policy", "x")]  # fmt: skip


def environ(request):
    """What a WSGI server makes of it; what it refuses by itself never comes this far."""
    path, _mark, query = request.target.partition(b"?")
    told = {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
    }
    if request.body:
        told["CONTENT_LENGTH"] = str(len(request.body))
    for name, value in request.headers:
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        told[key] = value.decode("latin-1")
    return told


def answer(handler, request):
    response = handler(environ(request))
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return Answer(response.status_code, 0.0, list(response.items()), body)


def test_a_few_hundred_requests_find_nothing(cast):
    handler, wrong = ClientHandler(enforce_csrf_checks=True), []
    maker = Maker(survey(), 8, Keys())
    with override_settings(API_REQUESTS_PER_MINUTE=0):
        for number in range(NUMBER):
            request = maker.make(number)
            wrong += [
                (what, curl(request, SITE)) for what in findings(request, answer(handler, request), SITE)
            ]
    assert wrong == []


def test_every_address_and_every_filter_is_known_to_it(cast):
    ground = survey()
    paths = {one.path for one in ground.addresses}
    assert {"/veranstaltungen/{slug}/", "/en/events/calendar/{year}/{month}/", "/api/v1/events/{id}"} <= paths
    assert {"topic", "cursor", "layout", "maxwidth", "near", "q"} <= set(ground.parameters)
    assert {"message", "username", "token"} <= set(ground.fields)
    assert any(one.is_guarded for one in ground.addresses)
    assert all("<" not in one.path for one in addresses())


def test_seed_and_number_alone_decide_what_is_asked(cast):
    ground = survey()
    first, again, other = (Maker(ground, seed, Keys()) for seed in (1, 1, 2))
    assert [first.make(n) for n in range(40)] == [again.make(n) for n in range(40)]
    assert first.make(5) != other.make(5)
    assert first.make(5) != first.make(6)


WRONG = [
    (Answer(500, 0, GOOD), "answers 500"),
    (Answer(0, 0), "no answer"),
    (Answer(200, 0, GOOD, b'<p title=""zqx=">'), "without escaping"),
    (Answer(200, 0, GOOD, b"<zqx>"), "without escaping"),
    (Answer(200, 0, [*GOOD, ("Zqx-Injected", "1")]), "lets a header in"),
    (Answer(302, 0, [*GOOD, ("Location", "//evil.example/")]), "leads elsewhere"),
    (Answer(400, 0, GOOD, b"Traceback (most recent call last)"), "tells of its inside"),
    (Answer(200, 0, GOOD[:-1]), "no Content-Security-Policy"),
    (Answer(200, 0, [*GOOD[:2], *GOOD[3:]]), "no X-Content-Type-Options"),
]


@pytest.mark.parametrize(("told", "wanted"), WRONG, ids=[wanted for _told, wanted in WRONG])
def test_it_sees_what_is_wrong(told, wanted):
    (found,) = findings(Request("GET", b"/"), told, SITE)
    assert wanted in found


def test_it_is_content_with_what_is_right():
    plain = [("Content-Type", "application/json"), *GOOD[1:]]
    for told in (
        Answer(200, 0, GOOD, b"&lt;zqx&#x27;&quot;=&amp;&gt;"),
        Answer(200, 0, plain, b"<zqx>"),
        Answer(302, 0, [*GOOD, ("Location", "/en/")]),
        Answer(400, 0, [("Content-Type", "text/plain")]),
    ):
        assert list(findings(Request("GET", b"/"), told, SITE)) == []
    assert list(findings(Request("GET", b"/oembed?format=x"), Answer(501, 0, GOOD), SITE)) == []


SILENT = "no answer (30.0 s)"


@pytest.mark.parametrize(("announced", "wanted"), [(b"2027", []), (b"4", [SILENT]), (b"x", [SILENT])])
def test_a_server_may_wait_for_what_was_announced(announced, wanted):
    request = Request("POST", b"/", [("Content-Length", announced)], b"a=bc")
    assert list(findings(request, Answer(0, 30.0), SITE)) == wanted


def test_a_request_goes_over_the_wire_as_it_is():
    request = Request("POST", b"/\xff?a=%zz", [("X", b"\x80")], b"body")
    assert Wire("a.example", 81).written(request) == (
        b"POST /\xff?a=%zz HTTP/1.1\r\nHost: a.example:81\r\nX: \x80\r\nContent-Length: 4\r\n\r\nbody"
    )


def test_it_tells_how_to_ask_again():
    request = Request("GET", b"/?q='", [("X", b"\x80")])
    assert curl(request, SITE).endswith("-X GET -H $'X: \\x80' 'http://testserver/?q='\"'\"''")
