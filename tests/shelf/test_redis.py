"""A real Redis or Valkey as the place that processes share: also one that dies, hangs and comes back."""

import shutil
import signal
import socket
import subprocess
import threading
import time

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client

from shelf import middleware, serving, shared
from shelf.middleware import ShelfMiddleware
from shelf.models import SharedPage
from shelf.page import Page
from shelf.shared import Costs, InCache
from speakers.actions import anonymise
from tests.factories import SpeakerFactory, TopicFactory
from tools import processes

PROGRAM = shutil.which("valkey-server") or shutil.which("redis-server")
pytestmark = [
    pytest.mark.skipif(not PROGRAM, reason="Redis is not installed (apt-get install redis-server)"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("now"),
]
LIST = "/veranstaltungen/"


class Server:
    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        where = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(folder)]
        self.command = [PROGRAM, *where, "--save", "", "--appendonly", "no"]
        self.start()

    def start(self):
        end_with_us = processes.dies_with_us(signal.SIGTERM)
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, preexec_fn=end_with_us)
        deadline = time.monotonic() + 10
        while not self.listens():
            assert time.monotonic() < deadline
            threading.Event().wait(0.01)

    def listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def server(tmp_path, shelf, settings):
    """Named in the settings as operators name it."""
    running = Server(tmp_path)
    cache = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": f"redis://127.0.0.1:{running.port}/0",
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
    settings.CACHES = {**settings.CACHES, "pages": cache}
    TopicFactory()
    begin_anew()
    try:
        yield running
    finally:
        running.process.send_signal(signal.SIGCONT)
        running.kill()


def begin_anew():
    """As another process does."""
    serving.forget()
    middleware.costs = Costs()


@pytest.fixture
def made(monkeypatch):
    """The addresses of the pages that were made, and not found."""
    paths, make = [], ShelfMiddleware._made
    monkeypatch.setattr(
        ShelfMiddleware, "_made", lambda self, request, *rest: paths.append(1) or make(self, request, *rest)
    )
    return paths


def ask(client):
    """The list, asked of a process that has nothing yet."""
    begin_anew()
    answer = client.get(LIST)
    assert answer.status_code == 200
    return answer.content


def test_it_keeps_pages_and_claims(server):
    place = InCache()
    assert [place.find("key", "seed"), place.find("key", "seed")] == [(None, True), (None, False)]
    place.leave("key", "seed", b"page")
    assert place.find("key", "seed") == (b"page", False)
    assert place.find("given-up", "seed") == (None, True)
    place.let_go("given-up")
    assert place.find("given-up", "seed") == (None, True)


def test_processes_share_pages_there_and_find_no_old_ones(server, client, made):
    first = ask(client)
    assert (ask(client), len(made)) == (first, 1)
    assert not SharedPage.objects.exists()
    TopicFactory()
    ask(client)
    assert len(made) == 2


def test_whoever_is_erased_leaves_it(server, client, monkeypatch):
    """Also with a page that another process was making in the meantime."""
    monkeypatch.setattr(Costs, "WORTH_SHARING", 0)
    person = SpeakerFactory(family_name="Möwenschlund", given_name="Kassiopeia")
    begin_anew()
    assert b"M\xc3\xb6wenschlund" in client.get(f"/personen/{person.slug}/").content
    (name,) = kept(b"M\xc3\xb6wenschlund")
    page = caches["pages"].get(name)
    anonymise(person)
    assert kept(b"M\xc3\xb6wenschlund") == []
    caches["pages"].set(name, page)
    assert kept(b"M\xc3\xb6wenschlund") == [name]
    call_command("tidy_after_erasures")
    assert kept(b"M\xc3\xb6wenschlund") == []


def kept(mark):
    """The names of the pages there that hold these bytes."""
    cache = caches["pages"]
    keys = cache._cache.get_client(None).scan_iter(match=cache.make_key("page:*"))
    names = [key.decode().split(":", 2)[2] for key in keys]
    return [name for name in names if mark in Page.thaw(cache.get(name)).body]


def test_a_killed_one_is_left_alone_for_a_while_and_used_again(server, client, made, caplog, monkeypatch):
    page = ask(client)
    server.kill()
    assert [ask(client) for _time in range(3)] == [page] * 3
    assert len(made) == 4
    assert caplog.text.count("cannot be reached") == 1
    server.start()
    shared.rest(0)
    assert [ask(client) for _time in range(3)] == [page] * 3
    assert len(made) == 5


def test_one_that_hangs_holds_up_one_page_alone(server, client, made, caplog):
    page = ask(client)
    server.process.send_signal(signal.SIGSTOP)
    assert [ask(client) for _time in range(3)] == [page] * 3
    assert (len(made), caplog.text.count("cannot be reached")) == (4, 1)
    server.process.send_signal(signal.SIGCONT)
    shared.rest(0)
    assert (ask(client), len(made)) == (page, 4)


def test_readers_do_not_notice_that_it_dies_and_comes_back(server, monkeypatch):
    """Each page is asked of a process that has nothing, and there is no rest between two attempts."""
    monkeypatch.setattr(shared, "REST", 0.0)
    stopped, told, failed = threading.Event(), [0] * 4, []

    def read(number):
        client = Client(raise_request_exception=False)
        try:
            while not stopped.is_set():
                begin_anew()
                status = client.get(f"{LIST}?page=1&reader={number % 2}").status_code
                told[number] += 1
                failed.extend([status] if status != 200 else [])
        finally:
            connection.close()

    def go_on(each):
        aims = [number + each for number in told]
        deadline = time.monotonic() + 20
        while any(number < aim for number, aim in zip(told, aims, strict=True)):
            assert time.monotonic() < deadline
            threading.Event().wait(0.01)

    readers = [threading.Thread(target=read, args=[number]) for number in range(4)]
    for one in readers:
        one.start()
    try:
        for change in (server.kill, server.start, server.kill, server.start):
            go_on(2)
            change()
        go_on(2)
    finally:
        stopped.set()
        for one in readers:
            one.join()
    assert failed == []
