"""Before all other middleware: what is on the shelf passes none of it, but who counts requests where they are
counted."""

import time
from collections.abc import Callable
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from journal.state import once
from lib.packing import preferred
from shelf import serving
from shelf.page import OK, Page
from shelf.serving import Answer, Asked
from shelf.shared import Costs, Turn
from shelf.waiting import SECONDS, Queue

# What is sent piece by piece and ends within so many bytes is kept as a whole; the rest goes on as it comes.
LARGEST_STREAM = 128_000

queue = Queue()
costs = Costs()


class ShelfMiddleware:
    # Whether it answers the requests that are counted, or all others.
    is_behind_the_count = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._pack = GZipMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if serving.is_counted(request.META) is not self.is_behind_the_count:
            return self.get_response(request)
        asked = serving.asked(request.META)
        if asked is None:
            return self._unkept(request)
        known = serving.known(asked)
        if known is not None:
            return _sent(known)
        if asked.state is None:
            # The database is away and the page is not here: others know what is to be said.
            return self.get_response(request)
        if queue.is_vain(asked.kind):
            return self._made(request, asked)
        made = queue.begin(asked.key)
        if made is None:
            try:
                return self._made_for_all(request, asked)
            finally:
                queue.end(asked.key)
        made.wait(SECONDS)
        known = serving.known(asked)
        return _sent(known) if known is not None else self._made(request, asked)

    def _unkept(self, request: HttpRequest) -> HttpResponseBase:
        """Where no pages are kept: made for one state of the catalogue, too, and packed as quickly."""
        around = serving.around(request.META)
        if around is None:
            return self.get_response(request)
        request.shelf_tag = ""  # type: ignore[attr-defined]
        with once(around.version):
            response: Any = self.get_response(request)
        if not getattr(response, "is_lasting", False):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if response.streaming:
            return self._pack.process_response(request, response)
        # A tag that follows from the body is none of its bytes as they are sent (RFC 9110 §8.8.1).
        tag = response.headers.get("ETag", "")
        if tag.startswith('"'):
            response.headers["ETag"] = f"W/{tag}"
        page = Page("", response.items(), response.content)
        form = page.quick_form(preferred(request.META.get("HTTP_ACCEPT_ENCODING", "")))
        return _filled(response, Answer(OK, *form))

    def _made_for_all(self, request: HttpRequest, asked: Asked) -> HttpResponseBase:
        """The page of another process, or made here, for other processes, too. Questions are told to none."""
        if asked.is_question or not costs.are_worth_sharing(asked.kind):
            return self._made(request, asked)
        turn = Turn(asked.shared_key, asked.span.text)
        page = turn.begin()
        if page is not None:
            serving.keep(asked, page)
            return _sent(serving.answer(asked, page))
        try:
            return self._made(request, asked, turn)
        finally:
            turn.end(None)

    def _made(self, request: HttpRequest, asked: Asked, turn: Turn | None = None) -> HttpResponseBase:
        begun = time.perf_counter()
        response, page = self._answered(request, asked)
        queue.note(asked.kind, is_kept=page is not None)
        # Nobody need look among other processes for what cannot be kept: an unknown address, say.
        costs.note(asked.kind, time.perf_counter() - begun if page else 0.0)
        if page is None:
            return response
        if request.method == "GET":
            serving.keep(asked, page)
            if turn:
                turn.end(page)
        return _filled(response, serving.answer(asked, page, is_new=True))

    def _answered(self, request: HttpRequest, asked: Asked) -> tuple[Any, Page | None]:
        """The answer that the rest of the house gives, and the page that can be kept of it."""
        with once(asked.state):
            is_whole = serving.may_keep(asked)
            request.shelf_tag = asked.tag if is_whole else ""  # type: ignore[attr-defined]
            response = self.get_response(request)
            if not getattr(response, "is_lasting", False):
                return response, None
            patch_vary_headers(response, ["Accept-Encoding"])
            if isinstance(response, StreamingHttpResponse):
                response = _gathered(response)
        if not isinstance(response, HttpResponse) or not (is_whole and _may_be_kept(response)):
            return self._pack.process_response(request, response), None
        return response, Page(asked.tag, response.items(), response.content)


class CountedShelfMiddleware(ShelfMiddleware):
    """The same, behind who counts. Headers that tell the count are that one's, and so part of no kept answer.

    Stands before who chooses the database: it is to have the state under which the answer is kept.
    """

    is_behind_the_count = True


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        not response.cookies
        and response.headers.get("Cache-Control") == "no-cache"
        and response.headers.get("Vary") == "Accept-Encoding"
        and not response.has_header("Content-Encoding")
    )


def _gathered(response: StreamingHttpResponse) -> HttpResponseBase:
    """The answer as a whole if it is short; else the same, begun."""
    pieces = iter(response.streaming_content)  # type: ignore[arg-type]
    begun, size = [], 0
    for piece in pieces:
        begun.append(piece)
        size += len(piece)
        if size > LARGEST_STREAM:
            response.streaming_content = chain(begun, pieces)
            return response
    whole = HttpResponse(b"".join(begun), headers=dict(response.items()))
    whole.cookies = response.cookies
    whole._resource_closers.extend(response._resource_closers)  # type: ignore[attr-defined]
    return whole


def _filled(response: HttpResponse, answer: Answer) -> HttpResponse:
    """The response that has been made, with the body in the client's encoding."""
    response.content = answer.body
    for name, value in answer.head:
        response.headers[name] = value
    return response


def _sent(answer: Answer) -> HttpResponse:
    response: Any = HttpResponse(answer.body, status=int(answer.status[:3]))
    del response.headers["Content-Type"]
    for name, value in answer.head:
        response.headers[name] = value
    return response
