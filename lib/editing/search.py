"""Search as editors type: blind to case, umlauts and order of words."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, F, Func, IntegerField, Model, QuerySet, TextField, Value, When
from django.db.models.functions import Coalesce, Concat

from lib.german import Fold, fold

# More words narrow nothing and only cost.
MAX_WORDS = 8
# Of the choices for a text that very many entries contain, so many are looked at.
MOST_CHOICES = 200


def words_of(text: str) -> list[str]:
    return fold(text.replace("\x00", " ")).split()[:MAX_WORDS]


def search(found: QuerySet[Any], fields: tuple[str, ...], text: str) -> QuerySet[Any]:
    """Entries in which each word stands somewhere in one of the fields."""
    words = words_of(text)
    if words:
        found = found.alias(haystack=Fold(_joined(found.model, fields)))
    for word in words:
        found = found.filter(haystack__contains=word)
    return found


def first_of(found: QuerySet[Any], order: Sequence[Any], most: int) -> tuple[list[Any], bool]:
    """The keys of the entries, and whether there are more than `most`: then those that come first.

    Unordered, the search for a frequent word stops early; in order, it goes along an index.
    """
    keys = list(found.order_by().values_list("pk", flat=True)[: most + 1])
    if len(keys) <= most:
        return keys, False
    return list(found.order_by(*order).values_list("pk", flat=True)[:most]), True


def choices(found: QuerySet[Any], every: QuerySet[Any], field: str, order: Sequence[Any], text: str) -> Any:
    """What an autocomplete offers of the entries found: those that begin with the text first.

    `every` are those among which was searched, `order` is the one in which the others stand in lists.
    """
    start = " ".join(words_of(text))
    if not start:
        return found.order_by(field, "pk")
    keys, is_cut = first_of(found, order, MOST_CHOICES)
    if is_cut:
        begin = every.filter(**{f"{field}__startswith": start}).order_by(field)
        keys += begin.values_list("pk", flat=True)[:MOST_CHOICES]
    return best_first(every.filter(pk__in=keys), field, text)


def best_first(found: QuerySet[Any], field: str, text: str) -> QuerySet[Any]:
    """Those whose (folded) field begins with the text come before the others."""
    start = " ".join(words_of(text))
    if not start:
        return found
    rank = Case(When(**{f"{field}__startswith": start}, then=0), default=1, output_field=IntegerField())
    return found.order_by(rank, field, "pk")


def _joined(model: type[Model], fields: tuple[str, ...]) -> Any:
    parts: list[Any] = []
    for path in fields:
        parts += [_text(model, path), Value(" ")]
    return Concat(*parts, output_field=TextField())


def _text(model: type[Model], path: str) -> Any:
    field: Any = None
    for step in path.split("__"):
        field = (field.related_model if field else model)._meta.get_field(step)
    if isinstance(field, ArrayField):
        return Func(F(path), Value(" "), function="array_to_string", output_field=TextField())
    return Coalesce(F(path), Value(""), output_field=TextField())
