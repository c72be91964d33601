"""Whether somebody may do what a table would do: asked entry by entry, as in the forms."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from catalogue.tables.importing import CHANGED, NEW, Examined, Judge, Line
from events.models import Event
from events.rights import answers_for_one, look_up, not_own


def judge_of(request: HttpRequest, page: Any) -> Judge:
    """`page` is the noun's own page in the admin."""

    def judge(examined: Examined) -> None:
        adds = page.has_add_permission(request)
        keys = [line.row.pk for line in examined.of(CHANGED) if line.row]
        theirs = page.get_queryset(request).in_bulk(keys) if keys else {}
        if page.model is Event:
            look_up(request.user, theirs.values())
        for line in examined.of(NEW, CHANGED):
            if line.row is None and not adds:
                line.blame("", _("You may not add entries of this kind."))
            elif line.row and not _may_change(request, page, theirs.get(line.row.pk)):
                line.blame("", _("You may not change this entry."))
            elif page.model is Event and not _stays_theirs(request.user, line, examined):
                line.blame("participations", not_own())

    return judge


def _may_change(request: HttpRequest, page: Any, entry: Any) -> bool:
    return entry is not None and bool(page.has_change_permission(request, entry))


def _stays_theirs(user: Any, line: Line, examined: Examined) -> bool:
    links = line.entry.children["participations"] if line.entry else []
    keys = examined.keys["organisations"]
    return answers_for_one(user, [(keys.get(link["organisation"], 0), link["role"]) for link in links])
