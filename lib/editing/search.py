"""Search as editors type: blind to case, umlauts and order of words."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, F, Func, IntegerField, Model, QuerySet, TextField, Value, When
from django.db.models.functions import Coalesce, Concat

from lib.german import Fold, fold

# More words narrow nothing and only cost.
MAX_WORDS = 8


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
