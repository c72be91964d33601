"""Places in an order: paging by them neither skips nor repeats when entries are added or removed.

A cursor is the sort key of the last entry shown and the moment the pass began. It is no secret and carries no
right, so it is not signed; a checksum tells a damaged one and one of another order.
"""

import base64
import binascii
import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.db.models import Q

CHECK = 6
LONGEST = 600
# A cursor is base64url without padding (RFC 4648 §5).
PATTERN = r"^[A-Za-z0-9_-]+$"


class Damaged(ValueError):
    """No cursor, a damaged one, or one of another list or order."""


def write(scope: str, key: Sequence[Any], as_of: dt.datetime) -> str:
    """A cursor behind the entry of that sort key, good for that scope only."""
    told = [value.isoformat() if isinstance(value, dt.datetime) else value for value in key]
    body = json.dumps([as_of.isoformat(), *told], ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_check(scope, body) + body).decode().rstrip("=")


def read(scope: str, text: str, kinds: Sequence[type]) -> tuple[dt.datetime, list[Any]]:
    """(moment the pass began, sort key); raises Damaged. `kinds` are the types of the key's parts."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        check, body = raw[:CHECK], raw[CHECK:]
        began, *key = json.loads(body)
        if check != _check(scope, body) or len(key) != len(kinds):
            raise Damaged
        return _moment(began), [_value(part, kind) for part, kind in zip(key, kinds, strict=True)]
    except (ValueError, TypeError, binascii.Error, UnicodeError, OverflowError, RecursionError):
        raise Damaged from None


def after(order: Sequence[str], key: Sequence[Any]) -> Q:
    """What stands behind that key in that order; a minus means descending, as in order_by."""
    found, same = Q(), Q()
    for column, value in zip(order, key, strict=True):
        name = column.lstrip("-")
        beyond = "lt" if column.startswith("-") else "gt"
        found |= same & Q(**{f"{name}__{beyond}": value})
        same &= Q(**{name: value})
    return found


def _check(scope: str, body: bytes) -> bytes:
    return hashlib.sha256(scope.encode() + b"\n" + body).digest()[:CHECK]


def _moment(text: Any) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise Damaged
    # As it was written: the database knows fewer distances from it than Python does.
    return moment.astimezone(dt.UTC)


def _value(part: Any, kind: type) -> Any:
    if kind is dt.datetime:
        return _moment(part)
    if not isinstance(part, kind) or isinstance(part, bool):
        raise Damaged
    if isinstance(part, int) and not 0 <= part < 2**63:
        raise Damaged
    if isinstance(part, str):
        part.encode()  # halves of letters are none
        if "\x00" in part:
            raise Damaged
    return part
