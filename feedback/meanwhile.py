"""What became of a report since its form was shown. Reports leave no trail: the form tells what it showed."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.forms import BoundField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lib.editing.forms import EditorForm
from lib.editing.meanwhile import FIELD, Hand, Since, as_sent, lines, sent


class SinceShown(Since):
    """`moment` holds a digest of what each field showed: "answer:5f0a… note:…"."""

    leaves_trail = False

    def __init__(self, request: HttpRequest, said: str) -> None:
        super().__init__()
        self.user = request.user
        self.shown = dict(one.split(":", 1) for one in said.split(" ") if ":" in one)

    def differing(self, form: Any) -> Iterable[str]:
        now = {name: _digest(as_sent(form[name], form[name].initial)) for name in form.fields}
        return [name for name, digest in self.shown.items() if now.get(name, digest) != digest]

    def is_untouched(self, field: BoundField) -> bool:
        return _digest(sent(field)) == self.shown[field.name]

    def hand(self, thing: Model, name: str = "") -> Hand:
        """Of whoever has last done something with the report in the admin; with which field nobody knows."""
        kind = ContentType.objects.get_for_model(thing)
        entries = LogEntry.objects.filter(content_type=kind, object_id=str(thing.pk)).select_related("user")
        last = entries.order_by("-pk").first()
        if last is None:
            return Hand(_("Somebody"))
        when = date_format(timezone.localtime(last.action_time), "SHORT_DATETIME_FORMAT")
        return Hand(last.user.get_full_name() or last.user.get_username(), when, last.user == self.user)

    def says(self, thing: Model, name: str) -> str:
        return str(getattr(thing, name) or "")


class ReportForm(EditorForm):
    """What can no longer be said is not lost without a word: who has typed an answer sees it once more."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        since: Any = self.since
        for name in since.shown.keys() - self.fields.keys() if since else ():
            typed = self.data.get(name, "")
            if typed and _digest([lines(typed)]) != since.shown[name]:
                text = _(
                    "%(who)s has settled the report meanwhile. What you have typed was not saved: “%(text)s”"
                )
                self.add_error(None, text % {"who": since.hand(self.instance), "text": typed})
        return data


def since_shown(request: HttpRequest, history: str) -> Since | None:
    """None for a form that was sent without saying what it showed."""
    said = request.POST.get(FIELD, "")
    if not said and request.method == "POST":
        return None
    since = SinceShown(request, said)
    since.history = history
    return since


def showing(form: Any) -> str:
    """What the form tells of what it shows."""
    return " ".join(f"{name}:{_digest(as_sent(form[name], form[name].initial))}" for name in form.fields)


def _digest(values: list[str]) -> str:
    return hashlib.sha256("\0".join(values).encode()).hexdigest()[:16]
