"""The commands of docs/operations.md, block by block, for those who try whether they still hold."""

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from tools.state import CHECKOUT

PAPER = CHECKOUT / "docs" / "operations.md"
_FENCE = re.compile(r"^(?P<indent> *)```(?P<kind>sh|console)\n(?P<text>.*?)^ *```$", re.M | re.S)


@dataclass(frozen=True)
class Block:
    """Commands as a reader copies them. `kind` is "sh" for what is run as it stands, "console" for what asks
    somebody something, or needs the world outside."""

    number: int
    kind: str
    text: str


def blocks(section: str, paper: Path = PAPER) -> list[Block]:
    """Those of the section with that heading, in order."""
    text = paper.read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(section)}\n(?P<body>.*?)(?=^## |\Z)", text, re.M | re.S)
    if not found:
        raise LookupError(f"{paper.name} has no section “{section}”.")
    fences = _FENCE.finditer(found["body"])
    return [
        Block(number, fence["kind"], dedent(fence["text"])) for number, fence in enumerate(fences, start=1)
    ]


def settled(block: Block, values: dict[str, str]) -> str:
    """The block with other values in its `export NAME=…` lines: those that a reader is told to replace."""
    text = block.text
    for name, value in values.items():
        text = re.sub(rf"^export {name}=.*$", f"export {name}={value}", text, flags=re.M)
    return text
