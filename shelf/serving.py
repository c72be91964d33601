"""Which request may be answered from the shelf, and what it is answered.

The WSGI door and the middleware ask here, with what both have: the environment of the request. Nothing that a
visitor sends may decide over what another one gets. So the key of a page is its address and what else
answers differ by; pages that vary with more than the encoding are not kept at all.
"""

from collections.abc import Hashable, Mapping, MutableMapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import Error, connection
from django.http.request import split_domain_port, validate_host
from django.utils import timezone

from events.conditional import tag_of, tags_in
from events.freshness import Span, span
from index.refresh import knows_all
from journal.newest import NEWEST, State
from journal.state import of_primary
from lib.http import OpenDataMiddleware
from lib.packing import preferred
from lib.reading import Away, replicas
from shelf.memory import Memory
from shelf.page import OK, Head, Page

# Where the door leaves for the middleware what it has found out.
ASKED = "shelf.asked"
# Nobody types a longer one, and few programs.
_LONGEST_ADDRESS = 1_500
NOT_MODIFIED = "304 Not Modified"
# Says of an answer that nobody could be asked whether it still holds (RFC 9211).
UNASKED = ("Cache-Status", "shelf; hit; detail=database-away")

memory = Memory()


class Asked(NamedTuple):
    """A request that the shelf may answer. `state` is none where the catalogue's could not be asked."""

    span: Span
    state: State | None
    is_secure: bool
    path: str
    query: str
    method: str
    accepted: str
    held: str

    @property
    def key(self) -> Hashable:
        return self.span.text, self.is_secure, self.path, self.query

    @property
    def is_question(self) -> bool:
        """To the search: then the answer depends on what that has read, and only this process may keep it."""
        return _asks(self.query)

    @property
    def kind(self) -> str:
        """Answers of one kind are made alike: what became of one tells what to expect of the others."""
        return f"{self.path}?q" if self.is_question else self.path

    @property
    def shared_key(self) -> str:
        """The same in all processes that run the same code."""
        return f"{self.tag[3:-1]}{'s' if self.is_secure else ''}"

    @property
    def encoding(self) -> str:
        return preferred(self.accepted)

    @property
    def tag(self) -> str:
        return tag_of(self.span.text, self.path, self.query)


class Answer(NamedTuple):
    status: str
    head: Head
    body: bytes


def room() -> int:
    """Bytes for the pages of this process; 0 where none are to be kept."""
    found: int = settings.PAGE_CACHE_MEGABYTES * 1_000_000
    return found


def asked(meta: MutableMapping[str, Any]) -> Asked | None:
    """What the request asks of the shelf; None where it has to be answered without."""
    if ASKED in meta:
        # Once only: whoever asks again, after a failure say, is to be told anew.
        found: Asked | None = meta.pop(ASKED)
        return found
    if not settings.PAGE_CACHE_MEGABYTES or not _is_for_anybody(meta):
        return None
    state, around = _state_and_span()
    if around is None:
        return None
    return Asked(
        around,
        state,
        _is_secure(meta),
        meta["PATH_INFO"],
        meta.get("QUERY_STRING", ""),
        meta["REQUEST_METHOD"],
        meta.get("HTTP_ACCEPT_ENCODING", ""),
        meta.get("HTTP_IF_NONE_MATCH", ""),
    )


def is_counted(meta: Mapping[str, Any]) -> bool:
    """Whether somebody else counts such requests, and may refuse them, before the shelf answers."""
    return str(meta.get("PATH_INFO", "")).startswith(settings.PAGES_COUNTED_FIRST)


def around(meta: Mapping[str, Any]) -> Span | None:
    """The time in which such a request is answered where no pages are kept; None where it stays unknown.

    Within a transaction, which may see what nobody else does, whoever needs to know asks.
    """
    if settings.PAGE_CACHE_MEGABYTES or connection.in_atomic_block or not _is_for_anybody(meta):
        return None
    state, found = _state_and_span()
    return found if state else None


def known(one: Asked) -> Answer | None:
    """The answer, if it can be given without making anything."""
    page = memory.get(one.key, room())
    if one.held:
        tag = page.tag if page else one.tag
        if tag == one.held or tag in tags_in(one.held):
            unasked = [UNASKED] if one.state is None else []
            return Answer(NOT_MODIFIED, _unchanged(one.path, tag) + unasked, b"")
    return answer(one, page) if page else None


def answer(one: Asked, page: Page, *, is_new: bool = False) -> Answer:
    head, body = page.quick_form(one.encoding) if is_new else page.form(one.encoding)
    if one.state is None:
        head = [*head, UNASKED]
    return Answer(OK, head, body if one.method == "GET" else b"")


def may_keep(one: Asked) -> bool:
    """Whether what is made from now on may be kept: to a question if the search has read all of the state."""
    try:
        return not one.is_question or knows_all()
    except Error:
        # Whoever makes the answer will meet it, too, and knows what is to be said.
        return False


def keep(one: Asked, page: Page) -> None:
    memory.put(one.key, page, room())


def forget() -> None:
    """As if the process had just begun."""
    memory.forget()


# -- in which state the catalogue is ----------------------------------------------------------------

_last: Span | None = None


def _state_and_span() -> tuple[State | None, Span | None]:
    """Both as the primary tells them; no span where nothing may be kept or told from the shelf.

    While the primary is away and no replica stands in, the newest state that has been seen counts, and its
    pages are told as long as they are there.
    """
    global _last
    try:
        state = of_primary()
        if state is None:
            return None, None
        found = _last = span(timezone.now(), state)
    except Away:
        is_newest = _last is not None and NEWEST.version == _last.version
        return None, _last if is_newest and not replicas() else None
    except Error:
        # Whoever asks next will meet it, too, and knows what is to be said.
        return None, None
    return state, found


# -- whose business it is -----------------------------------------------------------------------------


def _is_for_anybody(meta: Mapping[str, Any]) -> bool:
    path = meta.get("PATH_INFO", "")
    return (
        meta.get("REQUEST_METHOD") in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in meta.get("HTTP_COOKIE", "")
        and not path.startswith(settings.PAGES_NEVER_KEPT)
        and len(path) + len(meta.get("QUERY_STRING", "")) <= _LONGEST_ADDRESS
        and _is_ours(meta.get("HTTP_HOST") or meta.get("SERVER_NAME", ""), tuple(settings.ALLOWED_HOSTS))
        and (_is_secure(meta) or not settings.SECURE_SSL_REDIRECT)
    )


def _asks(query: str) -> bool:
    """Whether one of the parameters is a question to the search."""
    if "q" not in query and "%71" not in query:
        return False
    return any(name == "q" for name, _value in parse_qsl(query, keep_blank_values=True))


@lru_cache(maxsize=64)
def _is_ours(host: str, allowed: tuple[str, ...]) -> bool:
    """As Django judges it; no answer tells the host, so pages need not be kept for each."""
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, allowed)


def _is_secure(meta: Mapping[str, Any]) -> bool:
    """As Django judges it. Answers to https carry one header more."""
    trusted = settings.SECURE_PROXY_SSL_HEADER
    if trusted and trusted[0] in meta:
        told: str = meta[trusted[0]]
        return told.split(",")[0].strip() == trusted[1]
    return meta.get("wsgi.url_scheme") == "https"


def _unchanged(path: str, tag: str) -> Head:
    """What RFC 9110 §15.4.5 asks of 304; the rest the client has got with the answer that it holds."""
    head = [("ETag", tag), ("Vary", "Accept-Encoding"), ("Cache-Control", "no-cache")]
    if OpenDataMiddleware.DATA.search(path):
        head.append(("Access-Control-Allow-Origin", "*"))
    return head
