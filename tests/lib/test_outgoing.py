"""Asking addresses of others: public ones only, within limits, whatever the other side does."""

import socket
import time

import pytest

from lib.outgoing import Answer, Failed, Limits, Outgoing, Refused, split, system_resolve
from lib.public_addresses import is_public
from tests.lib.outgoing_server import LOOPBACK, certificate_for, serving

# Plenty of time, so that a busy machine makes no answer late; and little, for what never ends.
PATIENT, QUICK = Limits(seconds=20, body=1_000), Limits(seconds=0.4, body=1_000)


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        yield server


def outgoing(server, limits=None, **options):
    """Asks that server and nothing else, under any name."""
    options.setdefault("resolve", lambda host, port: [LOOPBACK])
    trusted = frozenset({(LOOPBACK, server.server_port)})
    return Outgoing("test/1.0 (+https://atlas.example)", limits or PATIENT, trusted=trusted, **options)


def url_of(server, path, scheme="http", host="seite.example"):
    return f"{scheme}://{host}:{server.server_port}{path}"


# -- which addresses ---------------------------------------------------------------------------------

PRIVATE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",  # noqa: S104
    "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.0.170", "192.0.2.1", "198.18.0.1", "198.51.100.7",
    "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.88.99.1",
    "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "100::1",
    "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::7f00:1",
    "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::", "2001::1",
    "2001:0:53aa:64c:0:0:80ff:fffe", "5f00::1", "3fff::1", "", "keine", "1.2.3", "0x7f.1", "2130706433",
]  # fmt: skip
PUBLIC = ["93.184.215.14", "8.8.8.8", "100.63.255.255", "172.32.0.1", "2606:2800:21f:cb07::1", "2a00:1450::1",
          "::ffff:8.8.8.8"]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_nobody_is_asked_who_is_not_of_the_internet(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_the_internet_is_asked(address):
    assert is_public(address)


HIDDEN = ["http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://017700000001/", "http://127.1/",
          "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://localhost/", "http://0/"]  # fmt: skip


@pytest.mark.parametrize("url", HIDDEN)
def test_no_spelling_hides_this_machine(url):
    with pytest.raises((Refused, Failed)) as caught:
        Outgoing("test", QUICK).follow(url)
    assert caught.value.reason in ("private", "name")


def test_a_name_with_one_address_inside_is_not_asked_at_all(server):
    two_faced = outgoing(server, resolve=lambda host, port: ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(Refused, match="private"):
        two_faced.follow("https://seite.example/")


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(server, monkeypatch):
    """A name that answers differently each time gains nothing: it is resolved once, and pinned."""
    told = []

    def rebinding(host, port):
        told.append(host)
        return [LOOPBACK] if len(told) == 1 else ["10.0.0.1"]

    connected = []
    connect = socket.create_connection
    monkeypatch.setattr(
        "socket.create_connection", lambda to, **words: connected.append(to) or connect(to, **words)
    )
    assert outgoing(server, resolve=rebinding).follow(url_of(server, "/")).status == 200
    assert told == ["seite.example"]
    assert connected == [(LOOPBACK, server.server_port)]


def test_trust_in_an_address_holds_for_its_port_alone(server):
    with pytest.raises(Refused, match="private"):
        outgoing(server).follow("http://seite.example:1/")


def test_other_ports_are_not_asked():
    public = Outgoing("test", QUICK, resolve=lambda host, port: ["8.8.8.8"])
    for url in ("http://seite.example:22/", "https://seite.example:8443/"):
        with pytest.raises(Refused, match="port"):
            public.follow(url)


NONSENSE = ["ftp://seite.example/", "file:///etc/passwd", "javascript:alert(1)", "//seite.example/", "http://",
            "http:///weg", "https://name:wort@seite.example/", "http://seite.example:70000/", "http://[::1",
            "http://a b.example/", "http://seite.example/\r\nX-Y: 1", f"http://seite.example/{'x' * 3000}",
            "http://.example/", f"http://{'a' * 70}.example/"]  # fmt: skip


@pytest.mark.parametrize("url", NONSENSE)
def test_what_is_no_address_of_the_web_is_refused(url):
    with pytest.raises(Refused, match="address"):
        split(url)


def test_names_and_paths_of_other_alphabets_are_written_for_the_wire(server):
    outgoing(server).follow(url_of(server, "/straße?ä=ü%20b", host="münchen.example"))
    _method, path, headers = server.asked[-1]
    assert path == "/stra%C3%9Fe?%C3%A4=%C3%BC%20b"
    assert headers["Host"] == f"xn--mnchen-3ya.example:{server.server_port}"


# -- what is sent ------------------------------------------------------------------------------------


def test_who_asks_says_so_and_sends_nothing_else(server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://10.0.0.1:3128")
    outgoing(server).follow(url_of(server, "/"))
    _method, _path, headers = server.asked[-1]
    assert headers["User-Agent"] == "test/1.0 (+https://atlas.example)"
    assert set(headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


def test_head_has_no_body_and_get_has_one(server):
    asking = outgoing(server)
    assert asking.follow(url_of(server, "/"), "HEAD").body == b""
    assert asking.follow(url_of(server, "/")).body == b"<p>Hallo</p>"


# -- redirects ---------------------------------------------------------------------------------------


def test_redirects_are_followed_and_told(server):
    asking = outgoing(server)
    moved, for_now = asking.follow(url_of(server, "/moved")), asking.follow(url_of(server, "/for-now"))
    assert moved.url == url_of(server, "/ok-there")
    assert moved.hops == ((url_of(server, "/moved"), 301),)
    assert (moved.is_moved_for_good, for_now.is_moved_for_good) == (True, False)
    assert not Answer("https://a.example", 200, {}).is_moved_for_good


@pytest.mark.parametrize("path", ["/round", "/chain"])
def test_redirects_end(path, server):
    with pytest.raises(Failed, match="redirects"):
        outgoing(server, PATIENT).follow(url_of(server, path))


@pytest.mark.parametrize(("path", "reason"), [("/inside", "private"), ("/into-a-file", "address")])
def test_a_redirect_is_no_way_in(path, reason, server):
    asking = outgoing(server, resolve=lambda host, port: [host if host.startswith("10.") else LOOPBACK])
    with pytest.raises(Refused, match=reason):
        asking.follow(url_of(server, path))


def test_each_hop_is_announced(server):
    heard = []
    outgoing(server).follow(url_of(server, "/moved"), before=heard.append)
    assert heard == [url_of(server, "/moved"), url_of(server, "/ok-there")]


# -- limits ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/slow", "timeout"), ("/huge-header", "nonsense"), ("/many-headers", "nonsense"),
     ("/nonsense", "nonsense"), ("/silent", "nonsense")],
)  # fmt: skip
def test_no_answer_lasts_or_grows_for_ever(path, reason, server):
    begun = time.monotonic()
    with pytest.raises(Failed, match=reason):
        outgoing(server, QUICK if reason == "timeout" else PATIENT).follow(url_of(server, path))
    assert time.monotonic() - begun < 15


def test_an_endless_body_is_left_after_its_beginning(server):
    assert outgoing(server).follow(url_of(server, "/endless")).body == b"x" * 1_000


def test_a_resolver_that_hangs_is_left_behind(server):
    with pytest.raises(Failed, match="timeout"):
        outgoing(server, Limits(seconds=0.05), resolve=lambda host, port: time.sleep(0.3) or []).follow(
            url_of(server, "/")
        )


def test_a_closed_port_and_an_unknown_name_are_told_apart(server):
    def unknown(host, port):
        raise socket.gaierror

    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port = free.getsockname()[1]
        asking = Outgoing("t", PATIENT, lambda host, port: [LOOPBACK], trusted=frozenset({(LOOPBACK, port)}))
        with pytest.raises(Failed, match="connection"):
            asking.follow(f"http://seite.example:{port}/")
    for resolve in (unknown, lambda host, port: []):
        with pytest.raises(Failed, match="name"):
            outgoing(server, resolve=resolve).follow(url_of(server, "/"))


def test_the_machines_own_resolver_gives_numbers():
    assert LOOPBACK in system_resolve("localhost", 80)


# -- certificates ------------------------------------------------------------------------------------


def test_the_certificate_is_that_of_the_name_and_not_of_the_address(tmp_path):
    shows, believes = certificate_for("seite.example", tmp_path)
    with serving(shows) as server:
        asking = outgoing(server, PATIENT, tls=believes)
        assert asking.follow(url_of(server, "/", "https")).status == 200
        with pytest.raises(Failed, match="tls"):
            asking.follow(url_of(server, "/", "https", host="andere.example"))
        with pytest.raises(Failed, match="tls"):
            outgoing(server, PATIENT).follow(url_of(server, "/", "https"))
