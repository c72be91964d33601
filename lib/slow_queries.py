"""Queries that take long stand in the log: their SQL with places for the values, never the values."""

import logging
import time
from typing import Any

from django.conf import settings

LONGEST = 1_000

logger = logging.getLogger("queries")


class Watch:
    """Wraps every statement of a connection."""

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            milliseconds = (time.perf_counter() - begun) * 1000
            if milliseconds >= settings.SLOW_QUERY_MS:
                # Without parameters the statement may hold values itself: of it only the first word is told.
                text = str(sql) if params else str(sql).strip().partition(" ")[0]
                told = {"duration_ms": round(milliseconds, 1), "sql": " ".join(text.split())[:LONGEST]}
                logger.warning("%(duration_ms)s ms: %(sql)s", told, extra=told)


def listen(connection: Any, **kwargs: Any) -> None:
    """A receiver of `connection_created`; without the setting it costs no statement anything."""
    if settings.SLOW_QUERY_MS and not any(isinstance(one, Watch) for one in connection.execute_wrappers):
        connection.execute_wrappers.append(Watch())
