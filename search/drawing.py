"""Hits as HTML, as they stand in lists of the search page.

Written here and not in templates: a page has up to sixty of them, and a template takes ten times as long.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.found import Found
from search.lines import Line

Mark = Callable[[str], SafeString]


@dataclass(frozen=True)
class EventHit:
    """An event's card with its hits marked, and the lines that tell where else it matched."""

    name: str
    card: str
    found: list[Found]


def lines(hits: Iterable[Line], mark: Mark, with_kind: bool = False) -> SafeString:
    """What stands inside <ul>. `mark` escapes a name and marks hits in it; `with_kind` tells what each is."""
    return mark_safe("\n".join(_line(one, mark, with_kind) for one in hits))  # noqa: S308 - all is escaped


def _line(line: Line, mark: Mark, with_kind: bool) -> str:
    word = escape(_("Sample"))
    sample = f' <span class="line__detail">({word})</span>' if line.is_sample else ""
    told = ", ".join(filter(None, [str(line.kind) if with_kind else "", line.detail]))
    return (
        f'<li><a href="{escape(line.url)}">{mark(line.name)}</a>{sample}<br>\n'
        f'  <span class="line__detail">{escape(told)}</span>{_count(line, bool(told))}\n'
        f"  {_found(line.found)}</li>"
    )


def _count(line: Line, is_after: bool) -> str:
    """The same as components/event_count.html."""
    number = line.event_count
    if not number:
        return ""
    if line.has_more_events:
        text = _("more than %(number)s events") % {"number": number}
    else:
        text = ngettext("%(number)s event", "%(number)s events", number) % {"number": number}
    return f' <span class="line__detail">{"· " if is_after else ""}{escape(text)}</span>'


def events(hits: Iterable[EventHit]) -> SafeString:
    """What stands inside <ol>."""
    return mark_safe("\n".join(f"<li>{one.card}{_found(one.found)}</li>" for one in hits))  # noqa: S308 - drawn before


def _found(told: Iterable[Found]) -> str:
    """The same as components/found.html."""
    lang = "" if get_language() == "de" else ' lang="de"'
    texts = [f'<p class="found">{escape(one.label)}: <span{lang}>{one.text}</span></p>\n' for one in told]
    return "".join(texts)
