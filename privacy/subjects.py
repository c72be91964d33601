"""Whose data it is: how the apps above find a subject by what people call it, and what identifies it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """`find` takes an address name, a user name or an e-mail address; None where there is nobody.

    `erase`, where a word is enough for it, returns how many rows it has changed.
    """

    find: Callable[[str], Any]
    identifier: Callable[[Any], str]
    erase: Callable[[Any], int] | None = None


_kinds: dict[str, Kind] = {}


def offer(
    subject: str,
    find: Callable[[str], Any],
    identifier: Callable[[Any], str],
    erase: Callable[[Any], int] | None = None,
) -> None:
    _kinds[subject] = Kind(find, identifier, erase)


def find(subject: str, which: str) -> Any:
    return _kinds[subject].find(which)


def identifier(subject: str, thing: Any) -> str:
    """As in `privacy.models.Erasure`."""
    return _kinds[subject].identifier(thing)


def eraser(subject: str) -> Callable[[Any], int] | None:
    return _kinds[subject].erase
