"""How many requests a network may send in a minute, and how the answer says so.

Headers as in the IETF draft "RateLimit header fields for HTTP"; 429 carries Retry-After (RFC 6585 §4).
"""

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import Error
from django.http import HttpRequest

from api.models import Usage
from lib.reading import PRIMARY, on_primary
from lib.visitors import digest_of, is_local

WINDOW = dt.timedelta(minutes=1)
KEPT = dt.timedelta(hours=1)
# This machine itself, or all visitors behind a proxy on it that does not hand on who they are: they must not
# use up one another's share.
LOCAL_SHARE = 100
# One statement, so that two processes cannot count from the same number.
COUNT = """
INSERT INTO api_usage AS u (client, since, used) VALUES (%(client)s, %(at)s, 1)
ON CONFLICT (client) DO UPDATE SET
    since = CASE WHEN u.since <= %(over)s THEN excluded.since ELSE u.since END,
    used = CASE WHEN u.since <= %(over)s THEN 1 ELSE u.used + 1 END
RETURNING since, used
"""


@dataclass(frozen=True)
class Allowance:
    """What is left of the running minute; `seconds` until the next one begins."""

    limit: int
    used: int
    seconds: int

    @property
    def is_used_up(self) -> bool:
        return self.used > self.limit

    @property
    def headers(self) -> dict[str, str]:
        window = int(WINDOW.total_seconds())
        left = max(self.limit - self.used, 0)
        told = {
            "RateLimit-Policy": f'"default";q={self.limit};w={window}',
            "RateLimit": f'"default";r={left};t={self.seconds}',
        }
        return told | ({"Retry-After": str(self.seconds)} if self.is_used_up else {})


def count(request: HttpRequest, at: dt.datetime) -> Allowance | None:
    """Counts this request for its network; None where there is no limit, or nothing to count with.

    While the primary is away it is for others to say so, or to answer from elsewhere.
    """
    limit: int = settings.API_REQUESTS_PER_MINUTE
    if not limit:
        return None
    if is_local(request):
        limit *= LOCAL_SHARE
    client = digest_of(request, at, "api.client")
    try:
        since, used = _counted(client, at)
    except Error:
        return None
    left = math.ceil((since + WINDOW - at).total_seconds())
    return Allowance(limit, used, max(left, 1))


def _counted(client: str, at: dt.datetime) -> tuple[dt.datetime, int]:
    """Since when, and how many with this one."""
    row: Any = PRIMARY.ask(COUNT, {"client": client, "at": at, "over": at - WINDOW})
    since, used = row
    if used == 1:
        with on_primary():
            Usage.objects.filter(since__lt=at - KEPT).delete()
    return since, used
