"""What a merge does, in sentences."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curation.merging.actions import Merged
from events.models.choices import State


def effects_of(keep: Any, lose: Any, merged: Merged) -> list[str]:
    """A sentence for each kind of row, with its number; then addresses, names, what becomes of the rest."""
    told = []
    rows_first = sorted(merged.tally.items(), key=lambda item: (item[0][0]._meta.label, item[0][1]))
    for (model, what), number in rows_first:
        rows = {"rows": capfirst(str(model._meta.verbose_name_plural)), "number": number}
        if what == "moved":
            text = ngettext("%(rows)s: %(number)d comes over.", "%(rows)s: %(number)d come over.", number)
        else:
            text = ngettext(
                "%(rows)s: %(number)d stands there already and is united with it.",
                "%(rows)s: %(number)d stand there already and are united with them.",
                number,
            )
        told.append(text % rows)
    return [*told, *_fields(merged), *_addresses(keep, merged), *_visibility(keep, lose), _rest(lose)]


def _fields(merged: Merged) -> list[str]:
    names = [str(merged.keep._meta.get_field(name).verbose_name) for name in merged.changed]
    return [_("Changed in the entry that stays: %(fields)s.") % {"fields": ", ".join(names)}] if names else []


def _addresses(keep: Any, merged: Merged) -> list[str]:
    number = len(merged.slugs)
    text = ngettext(
        "%(number)d address leads to the entry that stays from now on (%(slugs)s), in filters too.",
        "%(number)d addresses lead to the entry that stays from now on (%(slugs)s), in filters too.",
        number,
    )
    return [text % {"number": number, "slugs": ", ".join(merged.slugs)}]


def _visibility(keep: Any, lose: Any) -> list[str]:
    """Whoever merges does not publish."""
    states = getattr(keep, "state", None), getattr(lose, "state", None)
    if states[1] == State.PUBLISHED and states[0] != State.PUBLISHED:
        return [_("Attention: the entry that stays is not published, so visitors will see none of the two.")]
    return []


def _rest(lose: Any) -> str:
    return _(
        "“%(entry)s” is deleted, and copies elsewhere learn that it is gone. All of it can be undone, "
        "also later from the history."
    ) % {"entry": lose}
