"""Databases that are away: pages come from another one, or an answer says that there is none just now."""

import errno
import logging
from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import override

from events.bits.keeper import keeper
from journal.sources import may_be_told, sources
from journal.state import told
from lib import languages
from lib.reading import PRIMARY, Source, is_loss, reading_from, replicas, source
from pages.errors import bare, language, problem

logger = logging.getLogger(__name__)

SECONDS_TO_WAIT = 30
# They tell themselves what is wrong, or need nothing.
PROBES = ("/healthz", "/readyz", "/metrics")
# All that the page for 503 loads and does.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'"

_HAS_LOST = "_has_lost_a_database"


class OutageMiddleware:
    """Chooses the database of each request, and another one if that breaks before the answer begins.

    Only what no session changes is read from replicas: anonymous GET. All else is the primary's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info in PROBES:
            return self.get_response(request)
        for chosen in sources(told()) if _is_for_anybody(request) else _primary_alone():
            with reading_from(chosen):
                response = self.get_response(request)
                last = source()
            # Who met a database at rest, or lost a session, is told so, even if there is a new one since.
            has_lost = request.__dict__.pop(_HAS_LOST, False)
            if response.status_code == 500 and (_is_to_blame(chosen, last) or has_lost):
                continue
            if response.streaming or may_be_told(last):
                return _read_from(last, response)
        return unavailable(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What found no room was not saved, neither row nor file; that is said in words of its own. What
        took too long while a large catalogue is read is asked for again."""
        if request.method in ("GET", "HEAD") and keeper.has_delayed(exception):
            logger.warning("A statement took too long while the catalogue is read.", exc_info=exception)
            return unavailable(request)
        if _is_out_of_room(exception):
            logger.error("There is no room left on a disk.", exc_info=exception)
            return _told(request, 507)
        if is_loss(exception):
            setattr(request, _HAS_LOST, True)
        return None


def _is_for_anybody(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path_info.removeprefix("/en").startswith(f"/{settings.ADMIN_PATH}")
    )


def _primary_alone() -> Iterator[Source]:
    if PRIMARY.may_be_asked():
        yield PRIMARY


def _is_to_blame(*asked: Source) -> bool:
    """Whether a database that was asked is away, or is a replica that could not do what the primary can."""
    suspects = {one for one in (*asked, PRIMARY) if one.is_suspect()}
    suspects |= {one for one in asked if one.away_since is not None}
    return any(
        one.was_cut() or one.is_resting() or not one.answers() or one in replicas() for one in suspects
    )


def _read_from(chosen: Source, response: HttpResponseBase) -> HttpResponseBase:
    """An answer that is sent piece by piece reads on in the database in which it began."""
    if chosen is PRIMARY:
        PRIMARY.answered()
    elif response.streaming:
        response.streaming_content = _pieces(chosen, iter(response.streaming_content))  # type: ignore[attr-defined]
    return response


def _pieces(chosen: Source, pieces: Iterator[bytes]) -> Iterator[bytes]:
    while True:
        with reading_from(chosen):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def _is_out_of_room(exception: Exception) -> bool:
    """As the system says of files, and PostgreSQL of its own (appendix A: disk_full)."""
    if isinstance(exception, OSError):
        return exception.errno in (errno.ENOSPC, errno.EDQUOT)
    return getattr(exception.__cause__, "pgcode", None) == "53100"


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: nothing was saved, and when to try again."""
    return _told(request, 503)


def _told(request: HttpRequest, status: int) -> HttpResponse:
    response = _problem(request, status) if request.path_info.startswith("/api/") else bare(request, status)
    response.headers["Retry-After"] = str(SECONDS_TO_WAIT)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = language(request)
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _problem(request: HttpRequest, status: int) -> HttpResponse:
    with override(languages.offered(request.GET.get("lang"))):
        if status == 507:
            title, detail = _("No room to save"), _("The server has no room left.")
        else:
            title = _("Not possible just now")
            detail = _("The directory cannot be reached at the moment. Please try again in a minute.")
    return problem(status, title, detail, instance=request.path)
