"""What requests are made of."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Address:
    """A path with its parameters in braces, and the noun that it speaks of; whether it wants a sign-in."""

    path: str
    noun: str
    is_guarded: bool = False

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)


@dataclass(frozen=True)
class Ground:
    """All that requests are made of: addresses, {parameter of a query: values that mean something}, names of
    entries by noun, fields of forms."""

    addresses: list[Address]
    parameters: dict[str, list[str]]
    slugs: dict[str, list[str]]
    codes: list[str]
    fields: list[str]
