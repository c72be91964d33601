"""The way back: a transaction undone, an entry as it once was, a deleted entry recovered.

Each is one transaction, on the trail itself and so to be undone as well. What triggers keep (former
addresses, tombstones, versions, dates of change) they keep here too.
"""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from journal.turns import take_turn
from trail import registry
from trail.acting import acting, because, current_transaction
from trail.models import Change, ChangeQuerySet, Kind
from trail.planning import Clash, Conflict, Nothing, Plan, plan
from trail.writing import apply, check_references, insert


def undo(number: int, *, by: Any = None, reason: str = "") -> int:
    """Walk a whole transaction back, whatever it touched. Returns the number of the one that did it.

    Without `by` whoever is acting does it. Raises Conflict, and has done nothing then, where later changes
    stand in the way.
    """
    return _walk_back(of_transaction(number), by, reason)


def restore(
    noun: str, key: int, change: int, *, by: Any = None, reason: str = "", leave: Collection[str] = ()
) -> int:
    """The entry with all that belongs to it as it was right after a change (its primary key).

    Columns of the entry to `leave` stay as they are now.
    """
    return _walk_back(since(noun, key, change), by, reason, leave)


def recover(change: int, *, by: Any = None, reason: str = "") -> int:
    """A deleted entry with everything that was deleted with it; `change` is its removal (primary key)."""
    return _walk_back(of_removal(change), by, reason)


# -- which changes are walked back -------------------------------------------------------------------


def of_transaction(number: int) -> ChangeQuerySet:
    return Change.objects.filter(transaction=number)


def since(noun: str, key: int, change: int) -> ChangeQuerySet:
    return Change.objects.of_entry(noun, key).filter(pk__gt=change)


def removals(noun: str) -> ChangeQuerySet:
    """The last removal of each entry that is not there now."""
    model = registry.model_of(noun)
    there = model._base_manager.filter(pk=OuterRef("key"))
    gone = Change.objects.filter(table=model._meta.db_table, kind=Kind.DELETE)
    later = gone.filter(key=OuterRef("key"), pk__gt=OuterRef("pk"))
    return gone.filter(~Exists(there), ~Exists(later))


def of_removal(change: int) -> ChangeQuerySet:
    """Raises Change.DoesNotExist where no entry was removed by that change."""
    names = [name for name, table in registry.tables().items() if table.is_entry]
    gone = Change.objects.get(pk=change, kind=Kind.DELETE, table__in=names)
    return of_transaction(gone.transaction).of_entry(gone.noun, gone.owner)


# -- doing it ----------------------------------------------------------------------------------------


def _walk_back(changes: ChangeQuerySet, by: Any, reason: str, leave: Collection[str] = ()) -> int:
    with transaction.atomic(), _as(by, reason):
        # Nobody writes between what is weighed here and what is written.
        take_turn()
        found = list(changes.order_by("pk"))
        made = plan(found, leave)
        if made.clashes:
            raise Conflict(made.clashes)
        if not made.rows and not made.kept:
            raise Nothing
        _write(made, found)
        return current_transaction()


def _as(by: Any, reason: str) -> AbstractContextManager[None]:
    if by is not None:
        return acting(by, reason)
    return because(reason) if reason else nullcontext()


def _write(made: Plan, changes: Sequence[Change]) -> None:
    try:
        with transaction.atomic():
            apply(made.rows)
            check_references(changes)
    except IntegrityError as error:
        if _diagnosis(error).sqlstate != UNIQUE:
            raise Conflict([_clash(error)]) from error
        _step_by_step(changes)
    for table in registry.nouns().values():
        rows = [row for row in made.rows if row.table.label == table.label]
        if table.returned is not None and rows:
            table.returned(rows)
    for table in {row.table for row in made.kept}:
        rows = [row for row in made.kept if row.table is table]
        if table.put_back is None:
            insert(table, [row for row in rows if row.now is None], "ON CONFLICT DO NOTHING")
        else:
            table.put_back([{**(row.now or {}), **(row.target or {})} for row in rows])


# PostgreSQL's code for a value that may stand there only once.
UNIQUE = "23505"


def _step_by_step(changes: Sequence[Change]) -> None:
    """Values that were swapped by way of a third one have to go back the same way."""
    try:
        with transaction.atomic():
            for change in sorted(changes, key=lambda change: -change.pk):
                apply(plan([change]).rows)
            check_references(changes)
    except IntegrityError as error:
        raise Conflict([_clash(error)]) from error


def _diagnosis(error: IntegrityError) -> Any:
    return error.__cause__.diag  # type: ignore[union-attr]


def _clash(error: IntegrityError) -> Clash:
    diag = _diagnosis(error)
    table = registry.tables().get(diag.table_name or "")
    name = str(table.model._meta.verbose_name) if table else diag.table_name or ""
    if diag.sqlstate == UNIQUE:
        why = _("Another entry has taken its place since.")
    elif "still referenced" in (diag.message_detail or ""):
        why = _("Other entries refer to it by now.")
    elif "not present" in (diag.message_detail or ""):
        why = _("What it refers to was deleted since.")
    else:
        why = _("It would contradict what is there now.")
    return Clash(table.label if table else "", 0, name, (), why)
