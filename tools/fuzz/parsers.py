"""Damaged files and texts for whatever reads some: Markdown, pasted dates, exchange files, tables, pictures,
places of the API's lists, and words that are searched for.

A parser may refuse with its own error, whose words are for people. Any other error is a finding, and so are
more than some seconds of the processor's time, or Markdown that leaves something dangerous. A seed makes the
changes; nothing watches which lines of the parser they reach.
"""

import datetime as dt
import io
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from random import Random

from PIL import Image

from api import cursors
from catalogue import documents, reading
from catalogue.entries import RefusedError, Rejection
from catalogue.tables import files
from catalogue.tables.grids import UnreadableError
from lib import markdown, pictures
from lib.pasted_dates import parse
from lib.pasted_times import NotUnderstood
from lib.questions import cleaned
from tools.fuzz.values import ATTACKS, DAYS, LETTERS, NUMBERS, WORDS, value

# Seconds of the processor that one input may take; a picture is drawn in many sizes.
SLOWEST = 3.0
DANGEROUS = ("javascript", "data", "vbscript")
TAGS = markdown._TAGS

# All of its records are taken; the second is of the format before the one with a number.
EXCHANGE = (
    b'{"format": "kongressatlas-catalogue", "version": 1,'
    b' "organisations": [{"slug": "a", "name": "A", "kind": "association", "level": "private"}],'
    b' "people": [], "venues": [], "topics": [{"slug": "ki", "name_de": "KI"}], "series": [],'
    b' "events": [{"slug": "tag", "title": "Tag", "start": "2027-03-01", "end": "2027-03-02",'
    b' "languages": ["de"], "formats": ["congress"], "audiences": ["municipal"], "topics": ["ki"],'
    b' "website": "https://a.example/"}]}'
)
FORMER_EXCHANGE = EXCHANGE.replace(b'"format": "kongressatlas-catalogue", "version": 1, ', b"")
TABLE = b'title;starts_on;website\r\nTag;01.03.2027;https://a.example/\r\n"Ein; anderer";2027-03-02;\r\n'
MARKDOWN = (
    b'# Tag\n\nEin *Text* mit [Link](https://a.example/ "x"), `code`.\n\n'
    b"| a | b |\n|---|---|\n| 1 | 2 |\n\n> x\n1. y\n"
)


@dataclass(frozen=True)
class Parser:
    """What reads bytes, what it begins with, and the errors by which it may refuse."""

    read: Callable[[bytes], object]
    seeds: list[bytes]
    refusals: tuple[type[Exception], ...] = ()
    is_quick: bool = True


class Looked(HTMLParser):
    """Raises where something stands in the HTML that Markdown may not make."""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS or {name for name, _told in attributes} - {"href", "rel", "title"}:
            raise AssertionError(f"lets <{tag}> through")
        for _name, told in attributes:
            if "".join((told or "").split()).lower().partition(":")[0] in DANGEROUS:
                raise AssertionError(f"lets {told!r} through")


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _markdown(content: bytes) -> None:
    Looked().feed(str(markdown.render(_text(content)[:20_000])))


def _exchange(content: bytes) -> list[Rejection]:
    return reading.read(documents.of_bytes(content)).rejections


def _picture(kind: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (24, 16), (200, 30, 90)).save(made, kind)
    return made.getvalue()


def _workbook() -> bytes:
    from openpyxl import Workbook

    book, made = Workbook(), io.BytesIO()
    book.active.append(["title", "starts_on"])
    book.active.append(["Tag", "2027-03-01"])
    book.save(made)
    return made.getvalue()


def parsers() -> dict[str, Parser]:
    """All of them by name."""
    cursor = cursors.write("events", ["Tag", 7], dt.datetime(2027, 3, 1, tzinfo=dt.UTC))
    return {
        "markdown": Parser(_markdown, [MARKDOWN, *ATTACKS]),
        "dates": Parser(
            lambda told: parse(_text(told)),
            [*DAYS, b"1.-3. M\xc3\xa4rz 2027, 9 bis 17 Uhr"],
            (NotUnderstood,),
        ),
        "exchange file": Parser(_exchange, [EXCHANGE, FORMER_EXCHANGE], (RefusedError,)),
        "tables": Parser(files.read, [TABLE, _workbook()], (UnreadableError,)),
        "pictures": Parser(
            lambda told: pictures.draw(io.BytesIO(told)),
            [_picture("PNG"), _picture("JPEG"), _picture("WEBP")],
            (pictures.PictureError,),
            is_quick=False,
        ),
        "cursors": Parser(
            lambda told: cursors.read("events", _text(told), [str, int]),
            [cursor.encode()],
            (cursors.Damaged,),
        ),
        "questions": Parser(lambda told: cleaned(_text(told)), [*WORDS, *LETTERS]),
    }


def damaged(seed: bytes, random: Random) -> bytes:
    """The same with some bytes changed, left out, put in or repeated."""
    content = bytearray(seed)
    for _ in range(random.choice([0, 1, 1, 2, 5, 20])):
        at = random.randrange(len(content) + 1)
        upto = min(at + random.choice([1, 1, 4, 30]), len(content))
        change = random.randrange(5)
        if change == 0 and at < len(content):
            content[at] = random.randrange(256)
        elif change == 1:
            del content[at:upto]
        elif change == 2:
            content[at:at] = random.choice(NUMBERS[:17] + ATTACKS + LETTERS)
        elif change == 3:
            content[at:at] = bytes(content[at:upto]) * random.choice([1, 3, 200])
        else:
            content[at:upto] = value(random)[:400]
    return bytes(content)


def attack(name: str, parser: Parser, count: int, seed: int) -> Iterator[str]:
    """What is found with so many inputs: one line each, with the input."""
    for number in range(count):
        random = Random(f"{seed}:{name}:{number}")
        content = damaged(random.choice(parser.seeds), random)
        begun = time.process_time()
        try:
            parser.read(content)
        except parser.refusals:
            pass
        except Exception as error:
            yield f"{name} {number}: {type(error).__name__}: {error}\n    {content[:300]!r}"
        if (taken := time.process_time() - begun) > SLOWEST:
            yield f"{name} {number}: takes {taken:.1f} s\n    {content[:300]!r}"
