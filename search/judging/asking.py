"""The judged questions put to the search of this database, which has to hold data/catalogue.json."""

import json

from django.conf import settings

from addresses.models import NounKind
from events.models import Event
from index import search
from search.judging import cases, report

FOLDER = settings.BASE_DIR / "data"
# Questions to work on, and those that nobody looks at who works on the search.
TUNING, HELD_OUT = "tuning.json", "held_out.json"


def measured(name: str) -> report.Measured:
    """How well the questions of that file are answered."""
    catalogue = json.loads((FOLDER / "catalogue.json").read_text(encoding="utf-8"))
    return report.measure(cases.read(FOLDER / "search" / name, catalogue), ask)


def ask(text: str) -> list[str]:
    """The first events that the search brings, as slugs."""
    hits = search.find(text, nouns=[NounKind.EVENT], limit=report.PLACES, at=report.AT).of(NounKind.EVENT)
    slugs = dict(Event.objects.filter(pk__in=[hit.pk for hit in hits]).values_list("pk", "slug"))
    return [slugs[hit.pk] for hit in hits]
