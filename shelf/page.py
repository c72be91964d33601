"""One answer that is kept: its headers once, its body in each encoding that somebody has asked for."""

import json
import zlib
from collections.abc import Iterable
from http import HTTPStatus

from lib.packing import IDENTITY, SHORTEST, pack

Head = list[tuple[str, str]]
OK = f"{HTTPStatus.OK.value} {HTTPStatus.OK.phrase}"
# What each encoding says for itself.
_OF_THE_BODY = ("content-length", "content-encoding")
# Bytes of headers and of what Python needs around them.
_AROUND = 2_000


class Page:
    """What is sent in answer to GET, with the status 200."""

    __slots__ = ("_forms", "head", "size", "tag")

    def __init__(self, tag: str, head: Iterable[tuple[str, str]], body: bytes) -> None:
        self.tag = tag
        self.head = [(name, value) for name, value in head if name.lower() not in _OF_THE_BODY]
        self._forms = {IDENTITY: self._form(IDENTITY, body)}
        self.size = _AROUND + len(body)

    @property
    def body(self) -> bytes:
        return self._forms[IDENTITY][1]

    def form(self, encoding: str) -> tuple[Head, bytes]:
        """All headers and the body in that encoding, packed thoroughly when first asked for.

        Two threads may do so at once; both come to the same.
        """
        found = self._forms.get(encoding)
        if found is None:
            found = self._forms[encoding] = self._packed(encoding, thorough=True)
            self.size += len(found[1])
        return found

    def quick_form(self, encoding: str) -> tuple[Head, bytes]:
        """The same for one who cannot wait, and is perhaps the only one; not kept."""
        return self._forms.get(encoding) or self._packed(encoding, thorough=False)

    def _packed(self, encoding: str, *, thorough: bool) -> tuple[Head, bytes]:
        """As it is where it is short, or would get longer."""
        packed = pack(self.body, encoding, thorough=thorough) if len(self.body) >= SHORTEST else self.body
        return self._form(encoding, packed) if len(packed) < len(self.body) else self._forms[IDENTITY]

    def _form(self, encoding: str, body: bytes) -> tuple[Head, bytes]:
        head = [*self.head, ("Content-Length", str(len(body)))]
        return ([*head, ("Content-Encoding", encoding)] if encoding else head), body

    def freeze(self) -> bytes:
        """As other processes read it."""
        told = json.dumps([self.tag, self.head]).encode()
        return told + b"\n" + zlib.compress(self.body, 3)

    @classmethod
    def thaw(cls, frozen: bytes) -> "Page":
        told, _line, body = frozen.partition(b"\n")
        tag, head = json.loads(told)
        return cls(tag, [(name, value) for name, value in head], zlib.decompress(body))
