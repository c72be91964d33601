"""Two editors at the same form: what one of them left alone stays as the other one saved it.

What was sent is put right before anything is checked: fields that the sender did not touch say what the entry
says now, so they are checked, shown again and saved with that. A field that both have changed is shown again
as it was typed, with a word on what it says now. From then on the form counts as shown at this moment:
whoever saves again has been told.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lib.editing.widgets import inner

# The hidden input that says as of when a form was shown.
FIELD = "_since"
# Of a long text so many characters are quoted beside its field.
QUOTED = 300


class Hand(NamedTuple):
    """Whose a change was and, where it is known, when, in words."""

    who: str
    when: str = ""
    is_own: bool = False

    def __str__(self) -> str:
        return f"{self.who} ({self.when})" if self.when else self.who


class Removal(NamedTuple):
    """What may be told of an entry that is gone; `who` is empty for those who may not know of it.

    `name` is what it was called; `heir` is (address, name) of what has taken its place. `may_return`: with
    what was typed, by this person.
    """

    who: str = ""
    name: str = ""
    heir: tuple[str, str] = ("", "")
    is_erased: bool = False
    may_return: bool = False


class Since(ABC):
    """What was done to an entry between the moment at which its form was shown and now.

    `moment` is what the form carries, so that this can be asked when it is sent; `history` is an address.
    """

    moment: str = ""
    history: str = ""
    # Whether the history remembers why something was changed.
    leaves_trail = True

    def __init__(self) -> None:
        # {who: what was left as they saved it}
        self.kept: dict[str, list[str]] = {}

    @abstractmethod
    def differing(self, form: Any) -> Iterable[str]:
        """The fields of a form of an entry or row that were shown with something else than they say now."""

    @abstractmethod
    def is_untouched(self, field: forms.BoundField) -> bool:
        """Whether a field that differs was sent as it was shown."""

    def is_typed(self, field: forms.BoundField) -> bool:
        """Whether a field was sent otherwise than it was shown."""
        return not is_as(field, field.initial)

    @abstractmethod
    def hand(self, thing: models.Model, name: str = "") -> Hand:
        """Of the last change of a field, or of the whole row."""

    @abstractmethod
    def says(self, thing: models.Model, name: str) -> str:
        """The present value in words, "" for none."""

    def named(self, thing: models.Model) -> str:
        return str(thing)

    def gone(self, model: type[models.Model]) -> dict[int, models.Model]:
        """Rows that were removed, by key, as they were shown."""
        return {}

    def added(self, model: type[models.Model]) -> Iterable[int]:
        """Keys of rows that have come."""
        return ()

    def told_of_removal(self, page: Any, request: HttpRequest, entry: models.Model) -> Removal:
        """Of the entry itself, which is as it was shown."""
        return Removal(str(self.hand(entry)))

    def bring_back(self, page: Any, request: HttpRequest, key: int) -> bool:
        """Whether the entry itself, which may return, is there again."""
        return False

    def keep(self, hand: Hand, what: str) -> None:
        told = self.kept.setdefault(hand.who, [])
        if what not in told:
            told.append(what)


def since_of(request: HttpRequest) -> Since | None:
    """As the page has noted it when it read the entry."""
    return getattr(request, "since", None)


def tell(request: HttpRequest) -> None:
    """One message on all that was kept."""
    since = since_of(request)
    if since is None or not since.kept:
        return
    what = "; ".join(f"{', '.join(things)} ({who})" for who, things in since.kept.items())
    text = _("Changed while the form was open, and kept: %(what)s.") % {"what": what}
    messages.warning(request, format_html('{} <a href="{}">{}</a>', text, since.history, _("History")))


# -- fields ------------------------------------------------------------------------------------------


def merge(form: Any, since: Since) -> dict[str, str]:
    """Lets what was sent say what the entry says now, where the sender has left it alone.

    Returns {field: sentence} of those that both have changed.
    """
    clashes = {}
    _show_now(form)
    for name in list(since.differing(form)):
        field, hand = form[name], since.hand(form.instance, name)
        if since.is_untouched(field):
            _let_say(form, field)
            since.keep(hand, _where(form, field))
        elif not hand.is_own and not is_as(field, field.initial):
            clashes[name] = _clash(field, hand, since)
    return clashes


def is_as(field: forms.BoundField, value: Any) -> bool:
    """Whether what was sent is what a browser sends that was shown this value."""
    if not field.field.has_changed(value, field.data):
        return True
    # Some inputs show less than the value: minutes without seconds, a text without its kind of line ends.
    return not _takes_file(field) and sent(field) == as_sent(field, value)


def sent(field: forms.BoundField) -> list[str]:
    data: Any = field.form.data
    return [lines(one) for one in data.getlist(field.html_name)]


def as_sent(field: forms.BoundField, value: Any) -> list[str]:
    """What a browser sends of a field that shows this value."""
    widget = inner(field.field.widget)
    if _takes_file(field):
        # Nothing is sent of a file that stays; its name stands for it.
        return [str(value or "")]
    value = field.field.prepare_value(value)
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    shown = widget.format_value(value)
    return [lines(one) for one in shown] if isinstance(shown, list | tuple) else [lines(shown)]


def _takes_file(field: forms.BoundField) -> bool:
    return bool(field.field.widget.needs_multipart_form)


def lines(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n")


def _let_say(form: Any, field: forms.BoundField) -> None:
    if _takes_file(field):
        return
    form.data = form.data.copy()
    form.data.setlist(field.html_name, as_sent(field, field.initial))


def _show_now(form: Any) -> None:
    """Where a form itself says what it showed (Django does so for some defaults), it shows the present."""
    for name, field in form.fields.items():
        if field.show_hidden_initial and form[name].html_initial_name in form.data:
            form.data = form.data.copy()
            form.data.setlist(form[name].html_initial_name, as_sent(form[name], form[name].initial))


def _where(form: Any, field: forms.BoundField) -> str:
    label = str(capfirst(field.label))
    return f"{capfirst(form.instance._meta.verbose_name)}: {label}" if form.prefix else label


def _clash(field: forms.BoundField, hand: Hand, since: Since) -> str:
    who = {"who": hand}
    if _takes_file(field):
        return _("%(who)s has changed this meanwhile. Choose your file again and save to replace it.") % who
    now = since.says(field.form.instance, field.name)  # type: ignore[attr-defined]
    if not now:
        return _("%(who)s has emptied this meanwhile. Save again to replace it by yours.") % who
    text = _("%(who)s has changed this meanwhile. It says now: “%(now)s”. Save again to replace it.")
    told = text % {"who": hand, "now": Truncator(now).chars(QUOTED)}
    if len(now) <= QUOTED:
        return told
    link = '{} <a href="{}" target="_blank">{}</a>'
    return format_html(link, told, since.history, _("All of it: history, in a new tab"))


# -- rows --------------------------------------------------------------------------------------------


def follow(formset: Any, since: Since) -> dict[int, str]:
    """Takes rows that are gone out of what was sent; one that the sender has worked on comes back as new.

    Returns {number of the form: sentence} of the latter, which stand last.
    """
    _note_added(formset, since)
    gone = since.gone(formset.model)
    if not gone or not formset.management_form.is_valid():
        return {}
    total, first = formset.total_form_count(), formset.initial_form_count()
    lost = {number: gone[key] for number in range(first) if (key := key_of(formset, number)) in gone}
    back = [number for number, thing in lost.items() if _is_worked_on(formset, number, thing, since)]
    removed = pgettext("row", "removed")
    for number, thing in lost.items():
        if number not in back:
            since.keep(since.hand(thing), f"{since.named(thing)} {removed}")
    order = [number for number in range(total) if number not in lost] + back
    formset.data = in_order(formset, order, first - len(lost))
    del formset.management_form
    text = _("%(who)s has removed this row meanwhile. Save again to add it anew, or remove it here.")
    return {order.index(number): text % {"who": since.hand(lost[number])} for number in back}


def _note_added(formset: Any, since: Since) -> None:
    added = pgettext("row", "added")
    for key in since.added(formset.model):
        thing = formset._existing_object(key)
        if thing is not None:
            since.keep(since.hand(thing), f"{since.named(thing)} {added}")


def key_of(formset: Any, number: int) -> int | None:
    text = formset.data.get(f"{formset.add_prefix(number)}-{formset.model._meta.pk.name}", "")
    return int(text) if text.isascii() and text.isdigit() else None


def _is_worked_on(formset: Any, number: int, thing: models.Model, since: Since) -> bool:
    prefix = formset.add_prefix(number)
    if formset.data.get(f"{prefix}-DELETE"):
        return False
    # As it was shown, not held against what others did.
    read: Any = type(formset.form.__name__, (formset.form,), {"since": None})
    form = read(formset.data, formset.files, prefix=prefix, instance=thing)
    return any(since.is_typed(form[name]) for name in form.fields)


def in_order(formset: Any, order: list[int], first: int) -> Any:
    """What was sent, with the rows of these numbers alone, in this order; from `first` on they are new."""
    made = formset.data.copy()
    rows: dict[int, dict[str, list[str]]] = {}
    for name in formset.data:
        if found := re.fullmatch(rf"{re.escape(formset.prefix)}-(\d+)-(.+)", name):
            rows.setdefault(int(found[1]), {})[found[2]] = made.pop(name)
    for number, old in enumerate(order):
        values = rows.get(old, {})
        if number >= first:
            values.pop(formset.model._meta.pk.name, None)
            values.pop(formset.fk.name, None)
        for name, value in values.items():
            made.setlist(f"{formset.add_prefix(number)}-{name}", value)
    made[f"{formset.prefix}-{forms.formsets.TOTAL_FORM_COUNT}"] = str(len(order))
    made[f"{formset.prefix}-{forms.formsets.INITIAL_FORM_COUNT}"] = str(first)
    return made


def marked_in_vain(formset: Any, since: Since) -> list[str]:
    """A sentence for each row that is marked to be removed although somebody else has changed it."""
    text = _(
        "%(who)s has changed “%(row)s” meanwhile, which you have marked for removal. Save again to remove it."
    )
    told = []
    for form in formset.initial_forms:
        if form.instance.pk and formset._should_delete_form(form) and list(since.differing(form)):
            hand = since.hand(form.instance)
            told += [] if hand.is_own else [text % {"who": hand, "row": since.named(form.instance)}]
    return told
