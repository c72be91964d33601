"""What is too large is refused with a page that says so, and never read into memory."""

import tracemalloc
from io import BytesIO

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

HUNDRED = 100 * 1024 * 1024


class Endless(BytesIO):
    """A body that is made while it is read; `taken` is how much that was."""

    taken = 0

    def read(self, size=-1):
        assert size <= 65_536, "all at once"
        self.taken += size
        return b"x" * size


def send(path, client=None, size=HUNDRED):
    body = Endless()
    kind = "multipart/form-data; boundary=x"
    more = {"wsgi.input": body, "CONTENT_LENGTH": str(size), "CONTENT_TYPE": kind}
    return (client or Client()).generic("POST", path, **more), body


def test_an_editor_is_told_in_the_dress_of_the_admin(admin_client):
    tracemalloc.start()
    answer, body = send("/admin/events/event/add/", admin_client)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    page = answer.content.decode()
    assert answer.status_code == 413
    assert "<h1>Das war zu groß</h1>" in page
    assert "hat 105 MB; höchstens 12 MB werden angenommen. Nichts davon wurde gespeichert." in page
    assert "Gehen Sie im Browser zurück" in page
    assert body.taken == HUNDRED
    assert peak < 20_000_000
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_it_is_told_in_english_too(admin_client):
    answer, _body = send("/en/admin/events/event/add/", admin_client)
    assert "<h1>That was too large</h1>" in answer.content.decode()


def test_of_strangers_nothing_is_read():
    answer, body = send("/barriere-melden/")
    assert (answer.status_code, body.taken) == (413, 0)
    assert "Das war zu groß" in answer.content.decode()


@pytest.mark.parametrize("length", ["", "0", "-1", "1e9", "12000000"])
def test_other_lengths_go_on(length):
    answer = Client().generic("GET", "/healthz", CONTENT_LENGTH=length)
    assert answer.status_code == 200
