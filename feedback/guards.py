"""What keeps a form without cookies from being misused: no account, no captcha, nothing stored on the device.

Django's CSRF protection needs a cookie, so the views are exempt from it. Nothing is at stake that it would
protect: nobody is logged in, a report changes nothing on the site. What is left is spam, and for that a post
has to come from this site, with a token that this site signed a moment ago, and leave the trap empty. A post
that does not is never dropped: the visitor gets the form back with all that was typed and a fresh token.
"""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

from feedback.models import Report
from lib.visitors import digest_of

# The name of the field that people do not see and programs fill in.
TRAP = "website"
TOKEN = "token"  # noqa: S105 (the field's name)
YOUNGEST = dt.timedelta(seconds=2)
OLDEST = dt.timedelta(hours=24)
WINDOW = dt.timedelta(hours=1)
_signer = Signer(salt="feedback.form")


def new_token(at: dt.datetime) -> str:
    """Says when the form was handed out, so that nobody can say otherwise."""
    return _signer.sign(str(int(at.timestamp())))


def is_trusted(request: HttpRequest, at: dt.datetime) -> bool:
    """Whether the post was made by a person on this site's own form, as far as one can tell."""
    return (
        not request.POST.get(TRAP) and comes_from_here(request) and is_timely(request.POST.get(TOKEN, ""), at)
    )


def is_timely(token: str, at: dt.datetime) -> bool:
    """Whether the form was handed out by this site, at least two seconds and at most a day ago."""
    try:
        handed_out = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return False
    return YOUNGEST.total_seconds() <= at.timestamp() - handed_out <= OLDEST.total_seconds()


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent it.

    Sec-Fetch-Site, Origin and Referer are asked in this order; no page can forge them. A browser
    that sends none of them is let in: the token is still asked for.
    """
    fetched_by = request.headers.get("Sec-Fetch-Site")
    if fetched_by:
        return fetched_by in ("same-origin", "none")
    sender = request.headers.get("Origin") or request.headers.get("Referer")
    return not sender or own_path(request, sender) is not None


def own_path(request: HttpRequest, address: str) -> str | None:
    """The path of an address of this site, None where it is another's or unreadable."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    # The public host, and the one that was asked: behind a proxy they may differ.
    return parts.path if parts.netloc in (settings.SITE_PARTS.netloc, request.get_host()) else None


def sender_of(request: HttpRequest, at: dt.datetime) -> str:
    """A keyed digest of the sender's network, new every day."""
    return digest_of(request, at, "feedback.sender")


def is_flooding(sender: str, at: dt.datetime) -> bool:
    """Whether this network has used up its reports of the last hour."""
    recent = Report.objects.filter(sender=sender).received_since(at - WINDOW)
    limit: int = settings.REPORTS_PER_HOUR
    return recent.count() >= limit
