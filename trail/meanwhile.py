"""What was done to an entry since its form was shown, as the trail knows it; see lib.editing.meanwhile."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import FileField, Model
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext as _

from journal.turns import take_turn
from lib.editing.meanwhile import FIELD, Hand, Removal, Since, as_sent, is_as
from trail import registry, removal
from trail.history import moment
from trail.models import Change, Kind
from trail.planning import Erased, Place, State, walk_back
from trail.wording import NOTHING, as_python, name_of, references, thing_from, things, word


def since_shown(noun: str, request: HttpRequest, key: int) -> Since | None:
    """None for a form that was sent without saying as of when it was shown.

    One that was sent waits for its turn: what it is held against stays true until the transaction ends.
    """
    of_entry = Change.objects.of_entry(noun, key).order_by("-pk")
    if request.method != "POST":
        return SinceShown(request, of_entry.values_list("pk", flat=True).first() or 0)
    said = request.POST.get(FIELD, "")
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        return None
    take_turn()
    return SinceShown(request, int(said), of_entry.filter(pk__gt=int(said)).select_related("actor"))


class SinceShown(Since):
    """`changes` come newest first; `number` is that of the last one before them, 0 for none."""

    def __init__(self, request: HttpRequest, number: int, changes: Iterable[Change] = ()) -> None:
        super().__init__()
        self.user = request.user
        self.changes: dict[Place, list[Change]] = defaultdict(list)
        for change in changes:
            self.changes[change.table, change.key].append(change)
            number = max(number, change.pk)
        self.moment = str(number)

    # -- fields -------------------------------------------------------------------------------

    def differing(self, form: Any) -> Iterable[str]:
        for name, shown in self._shown(form.instance).items():
            if name in form.fields and as_sent(form[name], shown) != as_sent(form[name], form[name].initial):
                yield name

    def is_untouched(self, field: BoundField) -> bool:
        return is_as(field, self._shown(field.form.instance)[field.name])  # type: ignore[attr-defined]

    def is_typed(self, field: BoundField) -> bool:
        shown = self._shown(field.form.instance)  # type: ignore[attr-defined]
        return not is_as(field, shown.get(field.name, field.initial))

    def hand(self, thing: Model, name: str = "") -> Hand:
        """An entry that went and came back says what it said: whoever wrote that before is meant."""
        field: Any = thing._meta.get_field(name) if name else None
        changes = self._of(thing)
        wrote = (one for one in changes if field and _wrote(one, field.column))
        last = next(wrote, changes[0])
        actor: Any = last.actor
        who = (actor.get_full_name() or actor.get_username()) if actor else _("Somebody")
        return Hand(who, moment(last.at), actor is not None and actor.pk == self.user.pk)

    def says(self, thing: Model, name: str) -> str:
        field: Any = thing._meta.get_field(name)
        state = {field.column: field.value_from_object(thing)}
        text = word(field, state[field.column], things(references(_table(thing), state)))
        return "" if text == NOTHING or isinstance(field, FileField) else text

    def _of(self, thing: Model) -> list[Change]:
        return self.changes.get((thing._meta.db_table, thing.pk or 0), [])

    def _shown(self, thing: Model) -> dict[str, Any]:
        """{field: what it said when the form was shown} of those that were written since."""
        changes = self._of(thing)
        if not changes:
            return {}
        fields: list[Any] = [field for field in thing._meta.concrete_fields if not field.primary_key]
        state = _before(changes)
        if state is None:
            # Nobody knows any more: what was filled in counts as this editor's.
            return {field.name: None for field in fields}
        return {
            field.name: as_python(field, state[field.column]) for field in fields if field.column in state
        }

    # -- the entry itself -----------------------------------------------------------------------

    def told_of_removal(self, page: Any, request: HttpRequest, entry: Model) -> Removal:
        changes = self._of(entry)
        if not changes:
            return Removal()
        try:
            walk_back({}, changes)
        except Erased:
            return Removal(is_erased=True)
        return removal.told(page, request, changes[0], str(self.hand(entry)), str(entry))

    def bring_back(self, page: Any, request: HttpRequest, key: int) -> bool:
        return removal.bring_back(page, request, self.changes[page.model._meta.db_table, key][0])

    # -- rows ---------------------------------------------------------------------------------

    def named(self, thing: Model) -> str:
        table = _table(thing)
        state = {field.column: field.value_from_object(thing) for field in thing._meta.concrete_fields}
        return ": ".join(name_of(table, state, things(references(table, state))))

    def gone(self, model: type[Model]) -> dict[int, Model]:
        found = {}
        for (name, key), changes in self.changes.items():
            if name == model._meta.db_table and changes[0].kind == Kind.DELETE:
                state = _before(changes) or {}
                found[key] = thing_from(_table(model), {**state, "id": key}, {})
        return found

    def added(self, model: type[Model]) -> Iterable[int]:
        for (name, key), changes in self.changes.items():
            is_there = changes[0].kind != Kind.DELETE and changes[-1].kind == Kind.INSERT
            if name == model._meta.db_table and is_there:
                yield key


def _before(changes: Iterable[Change]) -> State | None:
    """What a row said before; None where it was not there, or what it said was erased."""
    try:
        return walk_back({}, changes)
    except Erased:
        return None


def _wrote(change: Change, column: str) -> bool:
    """Whether the row stayed and the column was changed, or may have been: what it said was erased."""
    return change.kind == Kind.UPDATE and column in (change.before or {column: None})


def _table(thing: Model | type[Model]) -> registry.Table:
    return registry.tables()[thing._meta.db_table]
