"""What is stored on somebody, for who asks (GDPR art. 15): readable for people and for programs.

Each app offers in `AppConfig.ready()` what it has on a person, an account or an address.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from lib.editing.forms import Text
from lib.site import site_name
from privacy.models import Disclosure

Row = dict[str, Any]
# (a person's entry, an account, or an e-mail address) -> rows of {label: value}
Ask = Callable[[Any], Iterable[Row]]


@dataclass(frozen=True)
class Section:
    title: str
    rows: list[Row]


@dataclass(frozen=True)
class Told:
    """`who` is how the answer's reader knows the subject."""

    who: str
    at: dt.datetime
    sections: list[Section]

    def as_json(self) -> str:
        told = {
            "site": settings.SITE_URL,
            "about": self.who,
            "made_at": self.at,
            "sections": [{"title": one.title, "rows": one.rows} for one in self.sections],
        }
        return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1) + "\n"

    def as_html(self) -> str:
        """One file that needs nothing else."""
        return render_to_string("privacy/told.html", {"told": self, "site": site_name()})


_asked: dict[str, list[tuple[Text, Ask]]] = {}


def offer(subject: str, title: Text, ask: Ask) -> None:
    _asked.setdefault(subject, []).append((title, ask))


def tell(subject: str, thing: Any, at: dt.datetime | None = None) -> Told:
    """Sections in the order in which apps are installed; what is empty is told as empty."""
    sections = [Section(str(title), list(ask(thing))) for title, ask in _asked.get(subject, [])]
    return Told(str(thing), at or timezone.now(), sections)


def note(subject: str, which: str, by: Any = None, at: dt.datetime | None = None) -> Disclosure:
    """Keeps that the answer was given, by whom and when; not the answer."""
    return Disclosure.objects.create(subject=subject, which=which, by=by, at=at or timezone.now())


def row_of(thing: Model, *names: str) -> Row:
    """{label: value} of these fields of a row, choices in words; empty ones are left out."""
    told: Row = {}
    for name in names:
        field = thing._meta.get_field(name)
        shown = getattr(thing, f"get_{name}_display", None)
        value = shown() if shown else getattr(thing, name)
        if value not in ("", None, []):
            told[capfirst(str(getattr(field, "verbose_name", name)))] = _plain(value)
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return str(value)
    return _("Yes") if value is True else _("No") if value is False else value
