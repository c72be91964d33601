"""The shelf among threads, processes, a database that is away, and the server in front of Django."""

import datetime as dt
import io
import threading
import time

import pytest
from django.conf import settings as installed
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory

from lib import reading
from lib.http import lasting
from lib.reading import PRIMARY
from shelf import middleware, serving
from shelf.door import Door
from shelf.middleware import ShelfMiddleware
from shelf.models import SharedPage
from shelf.page import Page
from shelf.shared import Costs, InCache, InDatabase, Turn
from tests.factories import TopicFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("now")]
LIST = "/veranstaltungen/"


@pytest.fixture
def state(shelf):
    """A catalogue has a state as soon as something is in it."""
    TopicFactory()
    begin_anew()


def begin_anew():
    """As another process does."""
    serving.forget()
    middleware.costs = Costs()


@lasting
def page(request):
    """What the rest of the house makes, in these tests."""
    return HttpResponse("<p>Seite</p>" * 100, headers={"Cache-Control": "no-cache"})


def environ(path=LIST, **sent):
    told = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
    }
    return told | sent


def test_of_many_who_want_a_page_one_makes_it(state):
    made, begun, go, told = [], threading.Event(), threading.Event(), []

    def make(request):
        made.append(1)
        begun.set()
        assert go.wait(10)
        return page(request)

    house = ShelfMiddleware(make)

    def ask():
        try:
            told.append(house(RequestFactory().get(LIST)).content)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _number in range(4)]
    threads[0].start()
    assert begun.wait(10)
    for thread in threads[1:]:
        thread.start()
    go.set()
    for thread in threads:
        thread.join()
    assert (len(made), len(told), len(set(told))) == (1, 4, 1)


def test_who_makes_no_page_lets_the_others_in(state):
    def broken(request):
        raise ValueError

    for _time in range(2):
        with pytest.raises(ValueError):
            ShelfMiddleware(broken)(RequestFactory().get(LIST))
    assert not SharedPage.objects.exists()
    assert ShelfMiddleware(page)(RequestFactory().get(LIST)).status_code == 200


def test_another_process_finds_what_one_has_made(state):
    first = ShelfMiddleware(page)(RequestFactory().get(LIST))
    begin_anew()
    second = ShelfMiddleware(lambda request: pytest.fail("made twice"))(RequestFactory().get(LIST))
    assert (second.content, dict(second.headers)) == (first.content, dict(first.headers))


def test_what_is_made_quickly_is_not_shared(state):
    middleware.costs.note(f"{LIST}eine/", Costs.WORTH_SHARING / 2)
    middleware.costs.note(f"{LIST}lange/", Costs.WORTH_SHARING * 2)
    middleware.costs.note(f"{LIST}noch-eine/", Costs.WORTH_SHARING / 2)
    for path, shared in (("eine/", 0), ("unbekannte/", 0), ("lange/", 1), ("", 2)):
        ShelfMiddleware(page)(RequestFactory().get(f"{LIST}{path}"))
        assert SharedPage.objects.count() == shared, path


def test_who_waits_for_another_process_gets_its_page_or_takes_over(state):
    one, other = InDatabase(), InDatabase()
    assert one.find("key", "seed") == (None, True)
    assert other.find("key", "seed") == (None, False)
    one.leave("key", "seed", b"page")
    assert other.find("key", "seed") == (b"page", False)
    assert one.find("given up", "seed") == (None, True)
    one.let_go("given up")
    assert other.find("given up", "seed") == (None, True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE shelf_sharedpage SET claimed_at = claimed_at - interval '2 s'")
    assert one.find("given up", "seed") == (None, True)


def test_the_table_does_not_grow(state, monkeypatch):
    monkeypatch.setattr("shelf.shared._MOST", 3)
    monkeypatch.setattr("shelf.shared._EACH", 0)
    place = InDatabase()
    for number in range(10):
        place.find(str(number), "seed")
        place.leave(str(number), "seed", b"page")
    assert sorted(SharedPage.objects.values_list("key", flat=True)) == ["7", "8", "9"]
    SharedPage.objects.update(claimed_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    place.find("of another state", "another seed")
    place.leave("of another state", "another seed", b"page")
    assert [one.key for one in SharedPage.objects.all()] == ["of another state"]


def test_the_table_is_not_logged(state):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'shelf_sharedpage'")
        assert cursor.fetchone() == ("u",)


def test_a_cache_that_is_away_keeps_nobody_from_the_page(state, settings, caplog):
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": "django.core.cache.backends.dummy.Nobody"}}
    turn = Turn("key", "seed")
    assert turn.begin() is None
    turn.end(Page('W/"x"', [], b"page"))
    assert "cannot be reached" in caplog.text


def test_a_cache_of_the_operator_is_used_alike(state, settings):
    settings.CACHES = {
        **settings.CACHES,
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"},
    }
    place = InCache()
    assert [place.find("key", "seed"), place.find("key", "seed")] == [(None, True), (None, False)]
    place.leave("key", "seed", b"page")
    assert place.find("key", "seed") == (b"page", False)
    ShelfMiddleware(page)(RequestFactory().get(LIST))
    begin_anew()
    ShelfMiddleware(lambda request: pytest.fail("made twice"))(RequestFactory().get(LIST))
    assert not SharedPage.objects.exists()


def test_while_the_database_is_away_memory_answers(state, client, monkeypatch):
    house = ShelfMiddleware(page)
    made = house(RequestFactory().get(LIST))
    monkeypatch.setattr(reading, "SECONDS_OF_REST", 1_000.0)
    monkeypatch.setattr(reading, "_SHORTEST_REST", 1_000.0)
    PRIMARY.failed(time.monotonic())
    try:
        assert house(RequestFactory().get(LIST)).content == made.content
        assert client.get("/themen/").status_code == 503
        assert client.get("/themen/").headers["Retry-After"]
    finally:
        PRIMARY.answered()
    TopicFactory()
    assert house(RequestFactory().get(LIST)).headers["ETag"] != made.headers["ETag"]


def through(door, told):
    """(status, headers, body)"""
    begun = []
    body = b"".join(door(told, lambda status, head: begun.append((status, dict(head)))))
    return (*begun[0], body)


def test_the_door_answers_as_the_house_does(state, client):
    asked = []

    def house(told, start_response):
        asked.append(told)
        response = ShelfMiddleware(page)(RequestFactory().request(**told))
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return [response.content]

    door = Door(house)
    for sent in ({}, {"HTTP_ACCEPT_ENCODING": "br"}, {"REQUEST_METHOD": "HEAD"}):
        serving.forget()
        asked.clear()
        made = through(door, environ())
        assert through(door, environ(**sent)) == through(house, environ(**sent))
        assert (made[0], len(asked)) == ("200 OK", 2)
    held = through(door, environ())[1]["ETag"]
    status, head, body = through(door, environ(HTTP_IF_NONE_MATCH=held))
    assert (status, head["ETag"], body) == ("304 Not Modified", held, b"")


def test_the_door_hands_on_what_is_not_its_business(state):
    handed = []

    def house(told, start_response):
        handed.append(told["PATH_INFO"])
        start_response("200 OK", [])
        return [b""]

    cookie = f"{installed.SESSION_COOKIE_NAME}=somebody"
    for told in (
        environ(REQUEST_METHOD="POST"),
        environ("/healthz"),
        environ(f"/{installed.ADMIN_PATH}"),
        environ(HTTP_COOKIE=cookie),
        environ(HTTP_HOST="evil.example"),
    ):
        through(Door(house), told)
        assert serving.ASKED not in told
    assert len(handed) == 5


def test_the_door_answers_nothing_that_is_counted_and_hands_on_what_it_found_out(state):
    path, handed = "/api/v1/events", []
    assert Client().get(path).status_code == 200
    assert len(serving.memory) == 1

    def house(told, start_response):
        handed.append(told[serving.ASKED].path)
        start_response("200 OK", [])
        return [b""]

    through(Door(house), environ(path))
    assert handed == [path]


def test_what_the_door_found_out_is_used_once(state, django_assert_num_queries):
    told = environ()
    assert list(Door(lambda _told, _start: [])(told, None)) == []
    with django_assert_num_queries(0):
        assert serving.asked(told).path == LIST
    with django_assert_num_queries(1):
        assert serving.asked(told).path == LIST
