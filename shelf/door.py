"""The shelf before Django begins: what is on it costs one small query and no request object."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from lib.counting import COUNTS
from shelf import serving

logger = logging.getLogger(__name__)
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Door:
    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        # Django does so at the beginning of each request of its own.
        connection.close_if_unusable_or_obsolete()
        asked = serving.asked(environ)
        known = serving.known(asked) if asked and not serving.is_counted(environ) else None
        if known is None:
            if asked is not None:
                environ[serving.ASKED] = asked
            return self._application(environ, start_response)
        COUNTS.door += 1
        start_response(known.status, known.head)
        return [known.body]
