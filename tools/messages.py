"""The interface's German: extract the sources' messages, say what is not translated, compile what is.

Babel does the work, so that no machine needs GNU gettext. The sources are English and need no catalogue.
Run inside the environment: `python -m tools.messages check | update | compile`.
"""

import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tools.environment import MO, PO
from tools.state import CHECKOUT
from tools.terminal import say

LANGUAGE = "de"
# tools/ speaks English to developers; tests and migrations show nothing to visitors.
LEFT_OUT = {"tests", "tools", "migrations", "node_modules", "locale", "static", "staticfiles"}
TEMPLATE_ENDINGS = (".html", ".txt", ".xml")
# Django's names for gettext, with the positions of their texts as Babel wants them.
FUNCTIONS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENT_TAGS = ["Translators"]


def sources() -> Iterator[Path]:
    """Python files and templates that can hold messages, in a stable order."""
    for path in sorted(CHECKOUT.rglob("*")):
        parts = path.relative_to(CHECKOUT).parts
        if LEFT_OUT.intersection(parts) or any(part.startswith(".") for part in parts):
            continue
        if path.suffix == ".py" or (path.suffix in TEMPLATE_ENDINGS and "templates" in parts):
            yield path


def python_of(path: Path) -> str:
    """The file as Python code; of a template only the calls that its tags stand for."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    # templatize leaves the template's indentation, which Python's tokeniser would take for its own.
    return "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).split("\n"))


def extracted() -> Catalog:
    """Every message of the sources, untranslated."""
    catalog = Catalog(locale=LANGUAGE, project="Kongressatlas", charset="utf-8")
    for path in sources():
        code = io.BytesIO(python_of(path).encode())
        origin = path.relative_to(CHECKOUT).as_posix()
        # Babel's own annotation of this is wrong: the last item is a list.
        calls: Iterable[Any] = extract_python(code, FUNCTIONS, COMMENT_TAGS, {})
        for line, function, texts, comments in calls:
            add(catalog, function, texts, (origin, line), comments)
    return catalog


def add(
    catalog: Catalog, function: str, texts: object, location: tuple[str, int], comments: list[str]
) -> None:
    """Adds one call's message; a call with computed arguments has none."""
    words = [texts] if isinstance(texts, str) else list(texts) if isinstance(texts, tuple | list) else []
    spec = FUNCTIONS[function] or (1,)
    wanted = [(item, False) if isinstance(item, int) else (item[0], True) for item in spec]
    context: str | None = None
    ids: list[str] = []
    for position, is_context in wanted:
        text = words[position - 1] if len(words) >= position else None
        if not isinstance(text, str) or not text:
            return
        if is_context:
            context = text
        else:
            ids.append(text)
    identity = ids[0] if len(ids) == 1 else (ids[0], ids[1])
    catalog.add(identity, locations=[location], auto_comments=comments, context=context)


def written() -> Catalog:
    """The German catalogue as translators left it."""
    if not PO.exists():
        return Catalog(locale=LANGUAGE, charset="utf-8")
    with PO.open("rb") as file:
        return read_po(file, locale=LANGUAGE, charset="utf-8", abort_invalid=True)


def complaints() -> list[str]:
    """What stands between the sources and a complete German interface, one line per message."""
    german = written()
    lines = []
    for message in messages(extracted()):
        found = german.get(message.id, message.context)
        where = f"{message.locations[0][0]}:{message.locations[0][1]}"
        if found is None or not is_complete(found):
            lines.append(f"{where}: not translated: {shown(message)}")
        elif found.fuzzy:
            lines.append(f"{where}: only guessed (fuzzy): {shown(message)}")
    for message, errors in german.check():
        lines += [f"{shown(message)}: {error}" for error in errors]
    return lines


def messages(catalog: Catalog) -> Iterator[Message]:
    """All but the header."""
    return (message for message in catalog if message.id)


def is_complete(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def shown(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return repr(text if len(text) <= 90 else f"{text[:87]}…")


def update() -> list[str]:
    """Writes the sources' messages into the catalogue, keeping every translation that still has a source."""
    german, sources_now = written(), extracted()
    # Guesses from similar messages read well and are wrong: an untranslated message stays empty.
    german.update(sources_now, no_fuzzy_matching=True)
    german.obsolete.clear()
    PO.parent.mkdir(parents=True, exist_ok=True)
    with io.BytesIO() as buffer:
        # Line numbers would make every commit touch the catalogue.
        write_po(buffer, german, width=100, omit_header=False, include_lineno=False, sort_output=True)
        PO.write_bytes(steady(buffer.getvalue()))
    compile_catalogue()
    return complaints()


def steady(po: bytes) -> bytes:
    """Without the header's dates and tool names, which differ between two equal runs."""
    unsteady = (
        b'"POT-Creation-Date',
        b'"PO-Revision-Date',
        b'"Generated-By',
        b'"Last-Translator',
        b'"Language-Team',
    )
    lines = [line for line in po.split(b"\n") if not line.startswith(unsteady)]
    return b"\n".join(lines)


def compile_catalogue() -> None:
    """Makes the .mo file that Django reads, at once or not at all."""
    fresh = PO.with_suffix(f".{os.getpid()}.mo")
    with fresh.open("wb") as file:
        write_mo(file, written())
    fresh.replace(MO)


def main(action: str) -> int:
    if action == "compile":
        compile_catalogue()
        return 0
    lines = update() if action == "update" else complaints()
    for line in lines:
        say(line)
    if lines:
        say(f"{len(lines)} to put right in {PO.relative_to(CHECKOUT)}; `dev.py fix` adds new messages to it")
    return 1 if lines and action == "check" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
