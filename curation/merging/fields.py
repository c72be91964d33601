"""Which of two entries says what: field by field, those together that only make sense together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, Model
from django.utils.translation import gettext_lazy as _

from lib.editing.forms import Text

KEEP, LOSE = "keep", "lose"

# What the database and other actions keep, and what is united instead of chosen.
_NOT_CHOSEN = {"slug", "state", "publish_from", "aliases", "synonyms", "checked_on", "anonymised_at"}

# {model: {name of the group: (label, fields)}}
_GROUPS: dict[str, dict[str, tuple[Text, tuple[str, ...]]]] = {
    "events.Event": {
        "when": (
            _("date"),
            (
                "starts_on", "ends_on", "start_time", "end_time", "timezone", "date_precision", "date_note",
                "status",
            ),
        ),
        "edition": (_("series and edition"), ("series", "edition")),
        "online": (_("mode and online part"), ("mode", "online_url", "online_access")),
        "image": (_("image"), ("image", "image_alt", "image_credit", "image_licence")),
        "attendees": (_("attendees"), ("attendees", "attendees_onsite", "attendees_online")),
        "partner": (_("partner country and region"), ("partner_country", "partner_region")),
    },
    "organisations.Organisation": {"where": (_("place"), ("city", "state", "country", "ars"))},
    "speakers.Speaker": {"name": (_("name"), ("given_name", "family_name"))},
    "events.Venue": {
        "where": (_("place"), ("kind", "street", "postal_code", "city", "state", "country")),
        "position": (_("position on the map"), ("latitude", "longitude")),
    },
}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """A group of fields in which both differ. `mine` and `theirs` are the values of the entry that stays and
    of the one that goes; `proposed` is KEEP or LOSE."""

    name: str
    label: Text
    fields: tuple[Field, ...]
    mine: tuple[Any, ...]
    theirs: tuple[Any, ...]
    proposed: str


def groups_of(model: type[Model]) -> dict[str, tuple[Text, tuple[Field, ...]]]:
    """{name: (label, fields)} of all that an editor can enter, in the order of the model."""
    grouped = _GROUPS.get(model._meta.label, {})
    group_of = {field: name for name, (_label, fields) in grouped.items() for field in fields}
    found: dict[str, tuple[Text, list[Field]]] = {}
    for field in model._meta.concrete_fields:
        if not _is_chosen(field):
            continue
        name = group_of.get(field.name, field.name)
        label = grouped[name][0] if name in grouped else field.verbose_name
        found.setdefault(name, (label, []))[1].append(field)
    return {name: (label, tuple(fields)) for name, (label, fields) in found.items()}


def _is_chosen(field: Field) -> bool:
    made = field.primary_key or field.generated or not field.editable
    return not made and field.name not in _NOT_CHOSEN


def choices(keep: Model, lose: Model) -> list[Choice]:
    found = []
    for name, (label, fields) in groups_of(type(keep)).items():
        mine, theirs = (tuple(getattr(entry, field.attname) for field in fields) for entry in (keep, lose))
        if mine != theirs:
            found.append(Choice(name, label, fields, mine, theirs, _proposal(keep, lose, mine, theirs)))
    return found


def _proposal(keep: Any, lose: Any, mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> str:
    """The filled one; of two texts or lists the longer; else that of the entry which was checked later."""
    filled, others = _filled(mine), _filled(theirs)
    if filled != others and (filled == 0 or others == 0):
        return KEEP if filled else LOSE
    if len(mine) == 1 and isinstance(mine[0], str | list) and not _is_address(mine[0]):
        return LOSE if len(theirs[0]) > len(mine[0]) else KEEP
    if all(isinstance(value, str | None) for value in (*mine, *theirs)) and filled != others:
        return LOSE if others > filled else KEEP
    checked, checked_too = (getattr(entry, "checked_on", None) for entry in (keep, lose))
    return LOSE if checked_too and (checked is None or checked_too > checked) else KEEP


def _filled(values: tuple[Any, ...]) -> int:
    return sum(value not in (None, "", [], False) for value in values)


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("http")


def apply(keep: Any, lose: Any, chosen: Mapping[str, str]) -> list[str]:
    """Takes what is chosen from the one that goes; the names of the fields that changed, not saved yet.

    What is not chosen follows the proposal. Other names are united.
    """
    changed = []
    for choice in choices(keep, lose):
        if chosen.get(choice.name, choice.proposed) != LOSE:
            continue
        for field in choice.fields:
            value = getattr(lose, field.attname)
            # A part does not become a part of itself.
            is_self = field.related_model is type(keep) and value in (keep.pk, lose.pk)
            setattr(keep, field.attname, None if is_self else value)
            changed.append(field.name)
    changed += _names_united(keep, lose)
    if getattr(lose, "checked_on", None) and (keep.checked_on is None or lose.checked_on > keep.checked_on):
        keep.checked_on = lose.checked_on
        changed.append("checked_on")
    return changed


def _names_united(keep: Any, lose: Any) -> list[str]:
    """What the other was called goes on naming it, where the model has a place for other names."""
    column = next((name for name in ("aliases", "synonyms") if hasattr(keep, name)), None)
    if column is None:
        return []
    names = [getattr(lose, name, "") for name in ("plain_name", "name_de", "name", "name_en", "short_name")]
    if hasattr(lose, "family_name"):
        names = [lose.plain_name]
    former, there = getattr(keep, column), _own_names(keep)
    united = [name for name in dict.fromkeys([*former, *names, *getattr(lose, column)]) if name]
    united = [name for name in united if name in former or name not in there]
    setattr(keep, column, united)
    return [column] if united != former else []


def _own_names(keep: Any) -> set[str]:
    names = ("plain_name", "name", "name_de", "name_en", "short_name")
    return {getattr(keep, name) for name in names if hasattr(keep, name)}
