"""JSON-LD of any length, written piece by piece: a context and the nodes under it, a line for each."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.utils import translation

Thing = TypeVar("Thing")
PIECE = 100


def stream(
    context: Any, things: Iterable[Thing], node_of: Callable[[Thing], dict[str, Any]], language: str
) -> Iterator[bytes]:
    """The document of all things in pieces. Between two of them no language is left active."""
    yield b'{"@context": ' + _json(context) + b',\n"@graph": ['
    left, separator = iter(things), b"\n"
    while some := list(islice(left, PIECE)):
        with translation.override(language):
            told = [_json(node_of(thing)) for thing in some]
        yield separator + b",\n".join(told)
        separator = b",\n"
    yield b"\n]}\n"


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
