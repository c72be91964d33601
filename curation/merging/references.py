"""What leads to an entry, and how it comes to lead to another one.

References are found by looking at the models, so a new one cannot be forgotten. A row that would then stand
there twice is united with its twin: what only it knew is filled in, what leads to it follows.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db.models import CASCADE, Field, ForeignKey, Max, Model, UniqueConstraint

# Rows that tell the past of one entry and would be untrue of another: they go with it, and come back with it.
LEFT = {"events.PublishedVersion", "events.Step"}
# What makes two rows of an entry the same where the database allows both.
_SAME = {
    "events.Session": ("title", "date", "start_time"),
    "events.PreviousDate": ("starts_on", "ends_on", "start_time", "date_precision"),
    "events.Award": ("title", "winner"),
}
# Never more rights than before.
_BOTH = {"accounts.Membership": "may_publish"}

# {(model, "moved" or "united"): number of rows}
Tally = Counter[tuple[type[Model], str]]


def references_to(model: type[Model]) -> list[ForeignKey]:
    """All foreign keys that lead to the model, those from hidden tables included; sessions before people."""
    found: list[Any] = [
        field
        for other in apps.get_models(include_auto_created=True)
        for field in other._meta.concrete_fields
        if isinstance(field, ForeignKey)
        and field.related_model is model
        and other._meta.label not in LEFT
        and other._meta.managed
    ]
    # A row that others lead to comes before them: it may be united, and they follow it.
    return sorted(found, key=lambda field: (not _is_led_to(field.model), field.model._meta.label, field.name))


def _is_led_to(model: type[Model]) -> bool:
    return any(True for relation in model._meta.related_objects)


def redirect(keep: Model, lose: Model, tally: Tally) -> None:
    """Everything that leads to `lose` leads to `keep`."""
    for field in references_to(type(keep)):
        order = ["position", "pk"] if _stands_in_order(field) else ["pk"]
        rows = list(field.model._base_manager.filter(**{field.name: lose}).order_by(*order))
        twins = _twins(rows, field, keep) if rows else {}
        moved = [row for row in rows if row.pk not in twins]
        for row in rows:
            if row.pk in twins:
                _unite(twins[row.pk], row, tally)
        _move(moved, field, keep)
        for what, number in (("united", len(rows) - len(moved)), ("moved", len(moved))):
            if number:
                tally[field.model, what] += number


def _belongs(field: ForeignKey) -> bool:
    """Whether the rows are a part of what they lead to."""
    return field.remote_field.on_delete is CASCADE


def _stands_in_order(field: ForeignKey) -> bool:
    return _belongs(field) and any(one.name == "position" for one in field.model._meta.concrete_fields)


def _move(rows: Sequence[Any], field: ForeignKey, keep: Any) -> None:
    """Behind the rows that are there already, where they stand in an order; else all at a time."""
    there = field.model._base_manager
    if _stands_in_order(field):
        last = there.filter(**{field.name: keep}).aggregate(last=Max("position"))["last"]
        first = 0 if last is None else last + 1
        for position, row in enumerate(rows, start=first):
            setattr(row, field.attname, keep.pk)
            row.position = position
            row.save(update_fields=[field.name, "position"])
        return
    others = [row.pk for row in rows if not (isinstance(row, type(keep)) and row.pk == keep.pk)]
    if others:
        there.filter(pk__in=others).update(**{field.name: keep})
    if len(others) < len(rows):
        # The entry that stays led to the one that goes: it does not lead to itself.
        there.filter(pk=keep.pk).update(**{field.name: None})
        setattr(keep, field.attname, None)


def _twins(rows: Sequence[Any], field: ForeignKey, keep: Model) -> dict[Any, Any]:
    """{key of a row: the row that already says of `keep` what this one would say}"""
    model = field.model
    found: dict[Any, Any] = {}
    for names in _keys(model, field):
        columns = [model._meta.get_field(name).attname for name in names]  # type: ignore[union-attr]
        there = model._base_manager.filter(**{field.name: keep}).order_by("-pk")
        known = {tuple(values): pk for *values, pk in there.values_list(*columns, "pk")}
        for row in rows:
            twin = known.get(tuple(getattr(row, column) for column in columns))
            if twin is not None and twin != row.pk:
                found.setdefault(row.pk, twin)
    twins = model._base_manager.in_bulk(set(found.values())) if found else {}
    return {row: twins[twin] for row, twin in found.items()}


def _keys(model: type[Model], field: Field) -> Iterator[list[str]]:
    """For each key of the table that the field is part of: the other columns of it."""
    for constraint in model._meta.total_unique_constraints:
        if isinstance(constraint, UniqueConstraint) and field.name in constraint.fields:
            yield [name for name in constraint.fields if name != field.name]
    for names in model._meta.unique_together:
        if field.name in names:
            yield [name for name in names if name != field.name]
    if model._meta.label in _SAME and _belongs(field):  # type: ignore[arg-type]
        yield list(_SAME[model._meta.label])


def _unite(twin: Any, row: Any, tally: Tally) -> None:
    """What only the row knew is filled in, what leads to it follows its twin, and the row goes."""
    changed = []
    rights = _BOTH.get(type(row)._meta.label)
    for field in type(row)._meta.concrete_fields:
        if field.primary_key or field.generated or field.unique or field.name == "position":
            continue
        mine, theirs = getattr(twin, field.attname), getattr(row, field.attname)
        if field.name == rights:
            setattr(twin, field.attname, mine and theirs)
            changed.append(field.name)
        elif mine in (None, "") and theirs not in (None, ""):
            setattr(twin, field.attname, theirs)
            changed.append(field.name)
    redirect(twin, row, tally)
    row.delete()
    if changed:
        twin.save(update_fields=changed)
