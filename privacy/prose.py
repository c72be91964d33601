"""Texts of entries that say somebody's name: found, shown to editors, and rewritten in the editors' words.

A sentence cannot be rewritten blindly. What can be done is to put one wording in the place of the exact
name, each language its own; addresses are never touched.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import CharField, Field, Model, QuerySet, SlugField, TextField, URLField
from django.utils.text import capfirst

from privacy.names import Names, Wording, escaped
from trail import registry

# A page shows so many texts and says how many more there are; all of them are looked at and rewritten.
MOST = 500
_AROUND = 40
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?:]\s+|\n\s*)$")

Row = tuple[str, int]


@dataclass(frozen=True)
class Mention:
    """A text that holds a name. `is_certain`: not only the family name. `is_text`: no address.

    `noun` and `owner` are the entry, to which the row belongs; `table` and `key` the row itself.
    """

    noun: str
    owner: int
    table: str
    key: int
    field: str
    label: str
    excerpt: str
    is_certain: bool
    is_text: bool

    @property
    def told(self) -> str:
        """A line for an operator: the entry by its label and key, as in its address in the admin."""
        sure = "" if self.is_certain else " (the family name alone)"
        return f"{registry.nouns()[self.noun].label} {self.owner}, {self.label}{sure}: {self.excerpt}"


def mentions(names: Names, but: Collection[Row] = ()) -> list[Mention]:
    """In all entries and what belongs to them, except for the rows `but`, as (name of the table, key)."""
    found = (_in_table(table, names) for table in registry.tables().values() if not table.is_kept)
    return [one for some in found for one in some if (one.table, one.key) not in but]


def owners(found: Iterable[Mention]) -> dict[tuple[str, int], Any]:
    """The entries in which they stand, by (noun, key). One query for each noun."""
    keys: dict[str, set[int]] = {}
    for one in found:
        keys.setdefault(one.noun, set()).add(one.owner)
    return {
        (noun, key): entry
        for noun, some in keys.items()
        for key, entry in registry.model_of(noun)._base_manager.in_bulk(some).items()
    }


def replace(names: Names, wording: Wording, but: Collection[Row] = ()) -> set[tuple[str, int]]:
    """Puts the wording in the place of what is certain; returns the entries, as (noun, key)."""
    if wording.is_empty:
        return set()
    wanted = [one for one in mentions(names, but) if one.is_certain and one.is_text]
    for table, key in sorted({(one.table, one.key) for one in wanted}):
        _rewrite(registry.tables()[table], key, names, wording)
    return {(one.noun, one.owner) for one in wanted}


def _rewrite(table: registry.Table, key: int, names: Names, wording: Wording) -> None:
    row = table.model._base_manager.get(pk=key)
    became = {}
    for field in _texts(table.model):
        was = getattr(row, field.attname)
        if not _is_address(field) and names.pattern.search(_joined(was)):
            became[field.name] = _rewritten(field, was, names, wording)
    if became:
        table.model._base_manager.filter(pk=key).update(**became)


def _rewritten(field: Field, was: Any, names: Names, wording: Wording) -> Any:
    if isinstance(field, ArrayField):
        return [_put(one, names, wording.in_language(settings.LANGUAGE_CODE)) for one in was]
    return _put(was, names, wording.in_language(_language(field)))[: field.max_length]


def _put(text: str, names: Names, words: str) -> str:
    def instead(match: re.Match[str]) -> str:
        return capfirst(words) if _SENTENCE_ENDS.search(text[: match.start()]) else words

    return names.pattern.sub(instead, text)


def _language(field: Field) -> str:
    ending = field.name.rpartition("_")[2]
    return ending if ending in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


# -- where they stand --------------------------------------------------------------------------------


def _in_table(table: registry.Table, names: Names) -> Iterator[Mention]:
    fields = _texts(table.model)
    if not fields or not names.possible:
        return
    for row in _likely(table, fields, names).order_by("pk").iterator():
        owner = row.pk if table.is_entry else getattr(row, f"{table.owner}_id")
        for field in fields:
            text = _joined(getattr(row, field.attname))
            hit = names.pattern.search(text) or names.any_pattern.search(text)
            if hit:
                certain = bool(names.pattern.search(text))
                yield Mention(
                    table.noun, owner, table.name, row.pk, field.name, str(field.verbose_name),
                    _excerpt(text, hit), certain, not _is_address(field),
                )  # fmt: skip


def _likely(table: registry.Table, fields: list[Any], names: Names) -> QuerySet[Any]:
    """Rows in which the letters of a name stand, be it within another word."""
    columns = ", ".join(
        f"array_to_string({_quoted(field.column)}, ' ')"
        if isinstance(field, ArrayField)
        else _quoted(field.column)
        for field in fields
    )
    return table.model._base_manager.extra(  # noqa: S610
        where=[f"concat_ws(' ', {columns}) ILIKE ANY(%s)"], params=[_patterns(names.possible)]
    )


def _patterns(words: Collection[str]) -> list[str]:
    """As few as possible, since each is looked for in every text: a family name finds whole names as well."""
    least: list[str] = []
    for word in sorted(words, key=len):
        if not any(one.lower() in word.lower() for one in least):
            least.append(word)
    # A database in the "C" locale knows no capitals beyond ASCII.
    forms = {
        form for word in least for form in (word, *(() if word.isascii() else (word.lower(), word.upper())))
    }
    return [f"%{escaped(form).replace(' ', '%')}%" for form in sorted(forms)]


def _texts(model: type[Model]) -> list[Any]:
    """Fields in which people write; not those that choose from a list, nor what the database makes."""
    return [field for field in model._meta.concrete_fields if _is_text(field)]


def _is_text(field: Any) -> bool:
    inner = field.base_field if isinstance(field, ArrayField) else field
    return isinstance(inner, CharField | TextField) and not inner.choices and not field.generated


def _is_address(field: Any) -> bool:
    return isinstance(field, SlugField | URLField) or field.name in ("image", "hashtag")


def _joined(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value or "")


def _excerpt(text: str, hit: re.Match[str]) -> str:
    start, end = max(0, hit.start() - _AROUND), hit.end() + _AROUND
    told = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{told}{' …' if end < len(text) else ''}"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
