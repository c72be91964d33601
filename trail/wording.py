"""Rows and values of the trail in editors' words: labels, names instead of numbers, texts word by word."""

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Field, ForeignKey, Model, TextField
from django.utils import timezone
from django.utils.formats import date_format, number_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from trail.models import Change, Kind
from trail.registry import Table, tables

State = dict[str, Any]
# {(model's label, key): thing}
Things = Mapping[tuple[str, int], Model]

NOTHING = "–"
# Texts beyond so many words are compared by paragraphs: word by word would take long.
MOST_WORDS = 3_000
# Words that are shown before and after a change.
AROUND = 6
# Shorter texts are shown as a whole, old and new.
SHORT = 40


class Part(NamedTuple):
    """A piece of a text: what is the same, "del" or "ins"."""

    kind: str
    text: str


class Line(NamedTuple):
    """One difference. `kind` is that of the row; `parts` are empty where the row itself says all."""

    kind: str
    label: str
    text: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def is_short(self) -> bool:
        """One value in the place of another, not words within a text."""
        return len(self.parts) == 2 and [part.kind for part in self.parts] == ["del", "ins"]


def _label(field: ForeignKey) -> str:
    model: Any = field.related_model
    return str(model._meta.label)


def _known(field: ForeignKey, key: Any, known: Things) -> Model | None:
    return known.get((_label(field), key))


def references(table: Table, *states: State | None) -> set[tuple[str, int]]:
    """(model's label, key) of all that these states of a row refer to."""
    return {
        (_label(field), state[field.column])
        for field in table.model._meta.concrete_fields
        if isinstance(field, ForeignKey)
        for state in states
        if state and state.get(field.column) is not None
    }


def things(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Model]:
    """The things by what refers to them, those that are gone as the trail remembers them.

    One query for each kind of thing, and one for all that are gone.
    """
    keys: dict[str, set[int]] = {}
    for label, key in wanted:
        keys.setdefault(label, set()).add(key)
    by_label = {table.label: table for table in tables().values()}
    found: dict[tuple[str, int], Model] = {}
    for label, some in keys.items():
        if label in by_label:
            manager = by_label[label].model._base_manager
            found.update({(label, key): thing for key, thing in manager.in_bulk(some).items()})
    gone = {(label, key) for label in keys for key in keys[label]} - found.keys()
    if gone:
        found.update(_remembered(gone, by_label))
    return found


def _remembered(
    gone: Iterable[tuple[str, int]], by_label: Mapping[str, Table]
) -> dict[tuple[str, int], Model]:
    wanted = {(by_label[label].name, key): label for label, key in gone if label in by_label}
    removals = Change.objects.filter(
        kind=Kind.DELETE, table__in={name for name, _key in wanted}, key__in={key for _name, key in wanted}
    )
    return {
        (wanted[change.table, change.key], change.key): thing_from(tables()[change.table], change.before, {})
        for change in removals.order_by("pk")
        if (change.table, change.key) in wanted and change.before
    }


def thing_from(table: Table, state: State, known: Things) -> Model:
    """The row as an object that is not to be saved; what it refers to is taken from the known things."""
    thing = table.model()
    for field in table.model._meta.concrete_fields:
        if field.column in state and not field.generated:
            setattr(thing, field.attname, as_python(field, state[field.column]))
        if isinstance(field, ForeignKey):
            field.set_cached_value(thing, _known(field, state.get(field.column), known))
    return thing


def as_python(field: Field, value: Any) -> Any:
    if isinstance(field, ForeignKey) or value is None:
        return value
    return field.to_python(value) if not isinstance(field, ArrayField) else value


def name_of(table: Table, state: State, known: Things) -> tuple[str, str]:
    """(what kind of thing, which): ("Organiser", "Bitkom"), ("Event", "Smart Country Convention 2018")."""
    thing = thing_from(table, state, known)
    meta = table.model._meta
    roles = [field for field in meta.concrete_fields if field.name == "role" and field.choices]
    if roles and not table.is_entry:
        others = (field for field in meta.concrete_fields if isinstance(field, ForeignKey))
        other = next(field for field in others if field.name != table.owner)
        label = word(roles[0], state.get(roles[0].column), known)
        return label, word(other, state.get(other.column), known)
    try:
        return capfirst(str(meta.verbose_name)), str(thing)
    # What is half gone may have no name; that is no reason for no page at all.
    except Exception:
        return capfirst(str(meta.verbose_name)), NOTHING


def differences(table: Table, old: State, new: State, known: Things) -> list[Line]:
    """A line for each field that differs; `new` may hold more columns than `old`."""
    fields = [field for field in table.model._meta.concrete_fields if not field.generated]
    differing = [
        field
        for field in fields
        if field.column in old and field.column in new and old[field.column] != new[field.column]
    ]
    own = "" if table.is_entry else ": ".join(name_of(table, {**new, **old}, known))
    return [
        Line(
            Kind.UPDATE,
            own or capfirst(str(field.verbose_name)),
            capfirst(str(field.verbose_name)) if own else "",
            _parts(field, old[field.column], new[field.column], known),
        )
        for field in differing
        if field.name != "modified_at"
    ]


def _parts(field: Field, old: Any, new: Any, known: Things) -> tuple[Part, ...]:
    before, after = word(field, old, known), word(field, new, known)
    long = isinstance(field, TextField) or max(len(before), len(after)) > SHORT
    if isinstance(old, str) and isinstance(new, str) and old and new and long and not field.choices:
        return tuple(compare(old, new))
    parts = (Part("del", before), Part("ins", after))
    return tuple(part for part in parts if part.text != NOTHING)


def word(field: Field, value: Any, known: Things) -> str:
    """A value of the column as editors read it."""
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(field, ForeignKey):
        return str(_known(field, value, known) or _("no longer there"))
    if isinstance(field, ArrayField):
        return ", ".join(word(field.base_field, one, known) for one in value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, BooleanField):
        return _("Yes") if value else _("No")
    return _plain(as_python(field, value))


def _plain(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, dt.date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, dt.time):
        return time_format(value, "TIME_FORMAT")
    if isinstance(value, int | Decimal | float):
        return number_format(value, use_l10n=True, force_grouping=False)
    return str(value)


def compare(old: str, new: str) -> list[Part]:
    """Two texts word by word; of what is the same only the words around each difference."""
    pattern = r"\S+\s*|\s+" if len(old) + len(new) < MOST_WORDS * 12 else r"[^\n]*\n|[^\n]+"
    a, b = re.findall(pattern, old), re.findall(pattern, new)
    # What follows a word is no part of it: "14." stays where "14. Again" comes.
    bare_a, bare_b = ([word.strip() for word in words] for words in (a, b))
    matcher = difflib.SequenceMatcher(None, bare_a, bare_b, autojunk=len(a) > MOST_WORDS)
    found: list[Part] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            found.append(Part("same", _shortened(b[j1:j2], first=j1 == 0, last=j2 == len(b))))
            continue
        found += [Part("del", "".join(a[i1:i2]))] if i2 > i1 else []
        found += [Part("ins", "".join(b[j1:j2]))] if j2 > j1 else []
    blanks_alone = all(part.kind == "same" for part in found)
    return [Part("del", old), Part("ins", new)] if blanks_alone else found


def _shortened(words: list[str], first: bool, last: bool) -> str:
    kept = AROUND * (1 if first or last else 2)
    if len(words) <= kept + 2:
        return "".join(words)
    start = [] if first else words[:AROUND]
    end = [] if last else words[-AROUND:]
    return "".join([*start, "… ", *end])
