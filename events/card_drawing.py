"""The card of an event as HTML: one event in a list; the whole card leads to its page.

Written here and not in a template: a deep page is of events whose cards nobody has drawn before, and a
template takes ten times as long.
"""

from collections.abc import Callable, Iterator

from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.card_rows import Told
from events.models.choices import Language, Mode
from events.templatetags.date_badge import NO_LONGER_VALID, badge
from events.templatetags.event_tags import place_words, status_labels
from lib.quick import entry_url, icon

SHOWN = 3  # of the organisers and of the topics
_TITLE = '<h{level} class="event-card__title"><a href="{url}"{lang}>{title}</a></h{level}>\n'
_TOPIC = '<li><a class="tag" href="{}"><span>{}</span></a></li>\n'

Mark = Callable[[str], str]


def card(told: Told, mark: Mark, away: str = "", level: int = 3) -> str:
    """Stands inside <li> of <ol class="event-list">.

    `mark` escapes a text in which hits may be marked: title, place, organisers, topics, in this order.
    `away` is HTML; `level` that of the title.
    """
    parts = [
        '<article class="event-card">\n',
        _badge(told),
        '<div class="event-card__body">\n',
        _labels(told),
        _TITLE.format(
            level=level,
            url=entry_url("events:detail", told.slug),
            lang=f' lang="{told.foreign}"' if told.foreign else "",
            title=mark(told.title),
        ),
        '<ul class="meta">\n',
        *_meta(told, mark, away),
        "</ul>\n",
        *_topics(told, mark),
        "</div>\n</article>",
    ]
    return "".join(parts)


def _badge(told: Told) -> str:
    is_void = told.status in NO_LONGER_VALID
    return badge(told.starts_on, told.ends_on, told.date_precision, is_void, get_language() or "")


def _labels(told: Told) -> str:
    """The same as components/status_labels.html with the mark for no charge."""
    labels = [(one["kind"], one["text"]) for one in status_labels(told)]
    lines = [_label(kind, kind, text) for kind, text in labels]
    if told.is_free:
        lines.append(_label("free", "success", _("Free of charge")))
    return f'<ul class="labels">\n{"".join(lines)}</ul>\n' if lines else ""


def _label(kind: str, sign: str, text: str) -> str:
    return f'<li class="label label--{kind}">{icon(sign)}{escape(text)}</li>\n'


def _meta(told: Told, mark: Mark, away: str) -> Iterator[str]:
    if place := place_words(told.mode, told.places):
        sign = icon("online" if told.mode == Mode.ONLINE else "place")
        yield f'<li class="meta__place">{sign}{mark(place)}</li>\n'
    yield away
    if told.organisers:
        yield f"<li>{icon('people')}<span>{_organisers(told, mark)}</span></li>\n"
    if told.languages and Language.DE not in told.languages:
        names = dict(Language.choices)
        words = escape(", ".join(str(names.get(one, one)) for one in told.languages))
        lead = _unseen(_("Language:"))
        yield f"<li>{icon('language')}<span>{lead}{words}</span></li>\n"


def _organisers(told: Told, mark: Mark) -> str:
    lead = escape(_("Hosted by")) + " " if told.is_only_hosted else _unseen(_("Organisers:"))
    names = ", ".join(mark(name) for name in told.organisers[:SHOWN])
    more = len(told.organisers) - SHOWN
    if more <= 0:
        return lead + names
    rest = escape(_("and %(number)s more") % {"number": more})
    return f"{lead}{names} {rest}"


def _unseen(words: str) -> str:
    """Said by assistive technology alone."""
    return f'<span class="visually-hidden">{escape(words)} </span>'


def _topics(told: Told, mark: Mark) -> Iterator[str]:
    if not told.topics:
        return
    label = escape(_("Topics"))
    yield f'<ul class="topics" aria-label="{label}">\n'
    for slug, name in told.topics[:SHOWN]:
        yield _TOPIC.format(entry_url("events:topic", slug), mark(name))
    yield "</ul>\n"
