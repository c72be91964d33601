"""What cannot be answered is said as RFC 9457 wants it, with the parameter's name, in both languages."""

import base64
import json

import pytest

from api import cursors
from tests.factories import NOW

BAD = [
    ("events?topics=ki", "topics"),
    ("events?topic=", "topic"),
    ("events?topic=%00", "topic"),
    ("events?mode=telepathy", "mode"),
    ("events?from=2027-02-30", "from"),
    ("events?from=20270201", "from"),
    ("events?when=past&when=all", "when"),
    ("events?state=Bayern", "state"),
    ("events?country=ß", "country"),
    ("events?q=a+b+c+d+e+f+g+h+i+j+k", "q"),
    ("events?free=0", "free"),
    ("events?limit=0", "limit"),
    ("events?limit=101", "limit"),
    ("events?limit=1e1", "limit"),
    ("events?fields=title,secret", "fields"),
    ("events?expand=sources", "expand"),
    ("events?updated_since=yesterday", "updated_since"),
    ("events?updated_since=2027-01-01T25:00:00Z", "updated_since"),
    ("events?lang=fr", "lang"),
    ("people?expand=organisations", "expand"),
    ("topics?when=all", "when"),
    ("?x=1", "x"),
    ("openapi.json?x=1", "x"),
]


@pytest.mark.parametrize(("path", "parameter"), BAD)
def test_what_cannot_be_used_is_refused_and_named(cast, client, path, parameter):
    response = client.get(f"/api/v1/{path}")
    assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")
    problem = response.json()
    assert problem["errors"][0]["parameter"] == parameter
    assert problem["type"] == "http://testserver/api/v1/docs#bad-parameter"
    assert problem["instance"] == response.request["PATH_INFO"]


def test_all_that_is_wrong_is_said_at_once(cast, get):
    problem = get("events?foo=1&limit=x&when=soon", status=400)
    assert {one["parameter"] for one in problem["errors"]} == {"foo", "limit", "when"}


def test_a_typing_error_is_understood(cast, get):
    (error,) = get("events?topc=ki&lang=en", status=400)["errors"]
    assert error["detail"] == "There is no such parameter here. Did you mean “topic”?"


def test_problems_speak_both_languages(cast, get):
    told = {lang: get(f"events?limit=0&lang={lang}", status=400)["title"] for lang in ("de", "en")}
    assert told["en"] == "A parameter cannot be used"


@pytest.mark.parametrize("path", ["nichts", "events/a/b", "veranstaltungen", "events/"])
def test_an_unknown_address_is_a_problem(db, client, path):
    response = client.get(f"/api/v1/{path}")
    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json")


def test_what_breaks_is_a_problem_too(db, client, monkeypatch, caplog):
    monkeypatch.setattr("api.views.settled_at", lambda: 1 / 0)
    response = client.get("/api/v1/topics")
    assert (response.status_code, response.headers["Content-Type"]) == (500, "application/problem+json")
    assert "division" not in response.content.decode()
    assert "ZeroDivisionError" in caplog.text


# -- cursors -----------------------------------------------------------------------------------------


def test_a_cursor_that_was_tampered_with_is_a_problem(cast, get):
    cursor = get("topics?limit=1")["next"].partition("cursor=")[2]
    for damaged in ("0", "x" * 40, cursor[:-2], cursor[:10] + "A" + cursor[11:]):
        problem = get(f"topics?cursor={damaged}", status=404)
        assert problem["errors"][0]["parameter"] == "cursor"
    get(f"organisations?cursor={cursor}", status=404)


@pytest.mark.parametrize(
    "key",
    [["a"], ["a", "b"], ["a", -1], ["a", 2**70], ["\x00", 1], [1, 1], ["a", True], [None, 1], ["a", 1.5]],
)
def test_a_cursor_of_the_right_sum_but_wrong_parts_is_damaged(key):
    text = cursors.write("topics", key, NOW)
    with pytest.raises(cursors.Damaged):
        cursors.read("topics", text, [str, int])


def made_up(scope, *told):
    body = json.dumps(told).encode()
    return base64.urlsafe_b64encode(cursors._check(scope, body) + body).decode().rstrip("=")


FAR_EAST, FAR_WEST = "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"


@pytest.mark.parametrize(
    ("path", "order", "key"),
    [
        ("series?", "sort_name pk", ["\ud800", 1]),
        ("venues?", "sort_city sort_name pk", ["a", "\udfff", 1]),
        ("events?when=all&sort=title", "sort_title pk", ["\ud800", 1]),
        ("events?when=all&sort=newest", "-published_at -pk", [FAR_EAST, 1]),
        *(("events?when=all&sort=date", "starts_at pk", [moment, 1]) for moment in (FAR_EAST, FAR_WEST)),
        ("events?updated_since=2026-01-01T00:00:00Z", "told_at kind pk", [FAR_EAST, 0, 1]),
    ],
)
def test_what_no_database_can_compare_is_no_place_in_a_list(cast, get, path, order, key):
    collection = path.partition("?")[0]
    cursor = made_up(f"{collection} {order}", NOW.isoformat(), *key)
    assert get(f"{path}&cursor={cursor}", status=404)["errors"][0]["parameter"] == "cursor"


def test_a_place_may_be_told_as_any_clock_tells_it(cast, get):
    there = "2026-01-01T00:00:00+23:00"
    cursor = made_up("events starts_at pk", there, there, 1)
    page = get(f"events?when=all&sort=date&limit=1&cursor={cursor}")
    assert (page["as_of"], len(page["items"])) == ("2025-12-31T01:00:00+00:00", 1)


def test_a_cursor_comes_back_as_it_was():
    text = cursors.write("events", [NOW, 7], NOW)
    assert cursors.read("events", text, [type(NOW), int]) == (NOW, [NOW, 7])
