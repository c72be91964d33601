"""What leads to an entry, and how it comes to lead to another one.

References are found by looking at the models, so a new one cannot be forgotten. A row that would then stand
there twice is united with its twin: what only it knew is filled in, what leads to it follows.
"""

from collections import Counter
from collections.abc import Iterator
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
        rows = field.model._base_manager.filter(**{field.name: lose}).order_by("pk")
        if any(one.name == "position" for one in field.model._meta.concrete_fields) and _belongs(field):
            rows = rows.order_by("position", "pk")
        for row in rows:
            twin = _twin(row, field, keep)
            if twin is not None:
                _unite(twin, row, tally)
                tally[field.model, "united"] += 1
            else:
                _move(row, field, keep)
                tally[field.model, "moved"] += 1


def _belongs(field: ForeignKey) -> bool:
    return field.remote_field.on_delete is CASCADE


def _move(row: Any, field: ForeignKey, keep: Model) -> None:
    """Behind the rows that are there already, where they stand in an order."""
    changed = [field.name]
    is_itself = isinstance(row, type(keep)) and row.pk == keep.pk
    setattr(row, field.attname, None if is_itself else keep.pk)
    if _belongs(field) and hasattr(row, "position"):
        there = type(row)._base_manager.filter(**{field.name: keep}).aggregate(last=Max("position"))["last"]
        row.position = 0 if there is None else there + 1
        changed.append("position")
    row.save(update_fields=changed)
    if is_itself:
        setattr(keep, field.attname, None)


def _twin(row: Any, field: ForeignKey, keep: Model) -> Any:
    """The row that already says of `keep` what this one would say."""
    for names in _keys(type(row), field):
        values = {name: getattr(row, type(row)._meta.get_field(name).attname) for name in names}
        others = type(row)._base_manager.exclude(pk=row.pk).filter(**{field.name: keep})
        for name, value in values.items():
            others = others.filter(**({f"{name}__isnull": True} if value is None else {name: value}))
        found = others.order_by("pk").first()
        if found is not None:
            return found
    return None


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
