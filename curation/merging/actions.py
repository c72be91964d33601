"""Two entries become one."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import ForeignKey, Model, ProtectedError
from django.utils.translation import gettext as _

from addresses.models import FormerSlug, NounKind
from curation.merging import fields
from curation.merging.references import Tally, redirect
from journal.turns import take_turn
from lib.editing.forms import Rules, explain
from trail.acting import because, current_transaction


class Refused(Exception):
    """Why these two cannot become one, in words; nothing was done."""


@dataclass
class Merged:
    """What was done. `transaction` is the number by which the trail undoes it."""

    keep: Any
    changed: list[str] = field(default_factory=list)
    tally: Tally = field(default_factory=Counter)
    slugs: list[str] = field(default_factory=list)
    transaction: int = 0


class _Tried(Exception):
    pass


def attempt(keep: Any, lose: Any, chosen: Mapping[str, str], rules: Rules) -> Merged:
    """What `merge` would do, found out by doing it and walking back; raises Refused alike."""
    told = Merged(keep)
    try:
        with transaction.atomic():
            told = merge(keep, lose, chosen, rules)
            raise _Tried
    except _Tried:
        return told


def merge(keep: Any, lose: Any, chosen: Mapping[str, str], rules: Rules) -> Merged:
    """`lose` becomes part of `keep`, in one transaction.

    `chosen` is {group of fields: "keep" or "lose"}; what it leaves open follows the proposal. What leads to
    `lose` leads to `keep`, its addresses lead on, its other names are kept. Values that were not chosen stay
    in the trail. Raises Refused, with what the database says in the words of `rules`.
    """
    _refuse_what_cannot_be(keep, lose)
    reason = _("Merged with “%(entry)s”.") % {"entry": _called(lose)}
    try:
        with transaction.atomic(), because(reason):
            take_turn()
            # As they are now: nobody else writes until we are through.
            keep, lose = (type(entry)._base_manager.get(pk=entry.pk) for entry in (keep, lose))
            merged = _merge(keep, lose, chosen)
            _check_now()
            merged.transaction = current_transaction()
            return merged
    except ProtectedError as error:
        raise Refused(_("Something still leads to the entry that would go.")) from error
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    except DatabaseError as error:
        raise Refused(explain(error, rules)) from error


def _called(entry: Any) -> str:
    """People are not named: the reason outlives an anonymisation."""
    return str(entry.pk) if hasattr(entry, "anonymised_at") else str(entry)


def _refuse_what_cannot_be(keep: Any, lose: Any) -> None:
    if type(keep) is not type(lose) or keep.pk == lose.pk:
        raise Refused(_("Only two different entries of one kind can be merged."))
    if keep.is_sample != lose.is_sample:
        raise Refused(_("A sample and a real entry cannot be merged."))
    if any(getattr(entry, "anonymised_at", None) for entry in (keep, lose)):
        raise Refused(_("Somebody who was anonymised cannot be merged: nobody may learn who it was."))


def _merge(keep: Any, lose: Any, chosen: Mapping[str, str]) -> Merged:
    merged = Merged(keep, changed=fields.apply(keep, lose, chosen))
    noun = _noun(keep)
    merged.slugs = [lose.slug, *_former_slugs(noun, lose)]
    redirect(keep, lose, merged.tally)
    _refuse_circles(keep)
    if merged.changed:
        keep.save(update_fields=merged.changed)
    lose.delete()
    _lead_on(noun, merged.slugs, keep)
    return merged


def _noun(entry: Model) -> str:
    return NounKind(entry._meta.model_name).value  # type: ignore[arg-type]


def _former_slugs(noun: str, entry: Any) -> list[str]:
    rows = FormerSlug.objects.filter(noun=noun, target=entry.pk).order_by("slug")
    return list(rows.values_list("slug", flat=True))


def _lead_on(noun: str, slugs: list[str], keep: Any) -> None:
    """The addresses of the entry that went answer with the one that stays, in filters too."""
    FormerSlug.objects.bulk_create(FormerSlug(noun=noun, slug=slug, target=keep.pk) for slug in slugs)


def _refuse_circles(keep: Any) -> None:
    """No entry may end up above itself."""
    for column in keep._meta.concrete_fields:
        if not (isinstance(column, ForeignKey) and column.related_model is type(keep)):
            continue
        above, met = getattr(keep, column.attname), {keep.pk}
        while above is not None:
            if above in met:
                text = _(
                    "Merged, the entries would lead in a circle (%(field)s). Choose the other value there."
                )
                raise Refused(text % {"field": column.verbose_name})
            met.add(above)
            rows = type(keep)._base_manager.filter(pk=above)
            above = rows.values_list(column.attname, flat=True).first()


def _check_now() -> None:
    """What the database would refuse at the end it refuses here, where it can be told."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
