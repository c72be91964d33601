"""Encodings, memory and waiting: what the shelf is made of, without database and requests."""

import gzip
import threading

import brotli
import pytest

from lib.packing import IDENTITY, pack, preferred
from shelf.memory import Memory
from shelf.page import Page
from shelf.waiting import Queue

BODY = b"<p>Tagung in der Stadthalle</p>" * 100
ROOM = 1_000_000


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", IDENTITY),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5, deflate", "gzip"),
        ("br;q=0.5, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip;q=0", IDENTITY),
        ("*", "br"),
        ("br;q=0, *;q=0.1", "gzip"),
        ("identity, gzip;q=0.5", IDENTITY),
        ("gzip;q=nonsense", IDENTITY),
        ("br;q=nan", IDENTITY),
        ("*;q=nan", IDENTITY),
        ("br;q=nan, gzip;q=0.1", "gzip"),
        ("gzip;q=-1, br;q=inf", "br"),
        ("deflate, compress", IDENTITY),
    ],
)
def test_the_encoding_is_the_one_that_the_client_weighs_most(accepted, encoding):
    assert preferred(accepted) == encoding


@pytest.mark.parametrize("thorough", [False, True])
def test_what_is_packed_can_be_unpacked(thorough):
    assert gzip.decompress(pack(BODY, "gzip", thorough=thorough)) == BODY
    assert brotli.decompress(pack(BODY, "br", thorough=thorough)) == BODY


def page(size=1_000, name="x"):
    return Page(f'W/"{name}"', [("Content-Type", "text/html")], b"a" * size)


def test_a_page_is_packed_once_in_each_encoding_and_tells_its_length():
    kept = Page('W/"x"', [("Content-Type", "text/html"), ("Content-Length", "1")], BODY)
    before = kept.size
    head, body = kept.form("br")
    assert dict(head) == {
        "Content-Type": "text/html",
        "Content-Encoding": "br",
        "Content-Length": str(len(body)),
    }
    assert kept.form("br")[1] is body
    assert kept.size == before + len(body)
    assert gzip.decompress(kept.quick_form("gzip")[1]) == BODY
    assert kept.size == before + len(body)


def test_what_is_short_or_does_not_get_shorter_is_sent_as_it_is():
    for body in (b"ok", bytes(range(256))):
        head, told = Page('W/"x"', [], body).form("gzip")
        assert (told, head) == (body, [("Content-Length", str(len(body)))])


def test_other_processes_read_the_same():
    kept = Page('W/"x"', [("Content-Type", "text/html"), ("Vary", "Accept-Encoding")], BODY)
    thawed = Page.thaw(kept.freeze())
    assert (thawed.tag, thawed.head, thawed.body) == (kept.tag, kept.head, kept.body)


def test_memory_is_bounded():
    memory = Memory()
    for number in range(1_000):
        memory.put(number, page(), ROOM)
        memory.get(number // 2, ROOM)
    assert 0 < memory.size <= ROOM
    memory.forget()
    assert (len(memory), memory.size) == (0, 0)


def test_what_is_asked_for_once_does_not_push_out_what_is_asked_for_often():
    memory = Memory()
    memory.put("list", page(), ROOM)
    assert memory.get("list", ROOM)
    for number in range(10_000):
        memory.put(f"?made-up={number}", page(), ROOM)
    assert memory.get("list", ROOM)
    assert memory.get("?made-up=9999", ROOM)
    assert memory.get("?made-up=0", ROOM) is None


def test_what_was_not_asked_for_the_longest_gives_way():
    memory = Memory()
    for name in "abc":
        memory.put(name, page(30_000, name), ROOM)
        memory.get(name, ROOM)
    memory.get("a", ROOM)
    room = 100_000
    for name in ("d", "e"):
        memory.put(name, page(1_000), room)
        memory.get(name, room)
    assert [name for name in "abcde" if memory.get(name, room)] == ["a", "c", "d", "e"]


def test_pages_that_grow_are_weighed_again():
    memory = Memory()
    kept = Page('W/"x"', [], BODY)
    memory.put("a", kept, ROOM)
    memory.get("a", ROOM)
    kept.form("br")
    memory.get("a", ROOM)
    assert memory.size == kept.size


def test_a_page_that_would_fill_the_room_is_not_kept():
    memory = Memory()
    memory.put("large", page(ROOM // 10), ROOM)
    assert memory.get("large", ROOM) is None


def test_one_makes_a_page_and_the_others_hear_of_it():
    queue = Queue()
    assert queue.begin("page") is None
    made = queue.begin("page")
    assert queue.begin("other") is None
    heard = []
    waiting = threading.Thread(target=lambda: heard.append(made.wait(10)))
    waiting.start()
    queue.end("page")
    waiting.join()
    assert heard == [True]
    assert queue.begin("page") is None


def test_nobody_waits_where_nothing_could_be_kept_the_last_time():
    queue = Queue()
    queue.note("/form/", is_kept=False)
    assert queue.is_vain("/form/")
    queue.note("/form/", is_kept=True)
    assert not queue.is_vain("/form/")
    for number in range(2_000):
        queue.note(f"/{number}/", is_kept=False)
    assert not queue.is_vain("/0/")
    assert queue.is_vain("/1999/")
