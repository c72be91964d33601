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
    return framed(context, told(things, node_of, language))


def told(
    things: Iterable[Thing], node_of: Callable[[Thing], dict[str, Any]], language: str
) -> Iterator[list[bytes]]:
    """The nodes of all things as text, PIECE of them at a time."""
    left = iter(things)
    while some := list(islice(left, PIECE)):
        with translation.override(language):
            nodes = [text(node_of(thing)) for thing in some]
        yield nodes


def framed(context: Any, pieces: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    """The document of nodes that are texts already, a piece of it for each of theirs."""
    yield b'{"@context": ' + text(context) + b',\n"@graph": ['
    separator = b"\n"
    for nodes in pieces:
        yield separator + b",\n".join(nodes)
        separator = b",\n"
    yield b"\n]}\n"


def text(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
