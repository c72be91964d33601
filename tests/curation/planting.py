"""Plants duplicates among the real catalogue: copies of entries as a second editor might have entered them.

The same seed plants the same. There are two gardens of tricks, one to work with and one held out: whoever
changes how likeness is judged looks at the first, and lets the second tell whether a class of slips is
understood or a list.
"""

import random
from dataclasses import dataclass
from io import StringIO

from django.core.management import call_command
from django.db import connection

from curation.duplicates import suspects
from curation.models import Suspicion
from events.models import Event, EventVenue, Participation, Venue
from index.refresh import refresh_all as read_index
from organisations.models import Organisation
from speakers.models import Speaker
from tests.curation.tricks import HELD_OUT, TUNING
from tests.factories import AppearanceFactory

SHARES = {"event": 80, "speaker": 60, "organisation": 35, "venue": 25}
_MODELS = {"event": Event, "speaker": Speaker, "organisation": Organisation, "venue": Venue}
# Judged by reading them: what the real catalogue holds twice.
TRUE_TWINS = [("event", ("zukunftskongress-2021", "zukunftskongress-2022"))]


@dataclass(frozen=True)
class Planted:
    noun: str
    original: int
    copy: int
    trick: str


def load():
    """The real catalogue in the database, read by the search's index."""
    call_command("load_catalogue", verbosity=0, stdout=StringIO())
    read_index()
    analyze()


def analyze():
    """Without statistics the planner would not use the indexes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def plant(seed, garden):
    """200 copies among it: [Planted]."""
    chance = random.Random(seed)  # noqa: S311 (chance, not secrecy)
    planted = []
    for noun, number in SHARES.items():
        planted += _plant(chance, noun, number, garden[noun])
    read_index()
    analyze()
    return planted


@dataclass(frozen=True)
class Harvest:
    """Pairs as (noun, smaller key, larger key). `false` are strong suspicions that nobody planted and that
    are no twins in the real catalogue."""

    planted: dict
    missed: list
    false: list
    strong: int

    @property
    def found(self):
        return 1 - len(self.missed) / len(self.planted)

    @property
    def wrong(self):
        return len(self.false) / self.strong


def harvest(planted):
    """What the search for duplicates says of the copies, beside what it may have said of all others."""
    for noun in SHARES:
        suspects.examine(noun, [one.copy for one in planted if one.noun == noun])
    strong = set(Suspicion.objects.strong().values_list("noun", "one", "other"))
    wanted = {_pair(one.noun, one.original, one.copy): one for one in planted}
    true = _true_twins(planted)
    missed = [one for pair, one in wanted.items() if pair not in strong]
    return Harvest(wanted, missed, sorted(strong - wanted.keys() - true), len(strong))


def _pair(noun, one, other):
    return noun, min(one, other), max(one, other)


def _true_twins(planted):
    """Those of the catalogue itself, and copies of the one beside the other."""
    copies = {(one.noun, one.original): one.copy for one in planted}
    found = set()
    for noun, slugs in TRUE_TWINS:
        one, other = _MODELS[noun].objects.filter(slug__in=slugs).values_list("pk", flat=True)
        sides = [{key, copies.get((noun, key), key)} for key in (one, other)]
        found |= {_pair(noun, a, b) for a in sides[0] for b in sides[1]}
    return found


def _plant(chance, noun, number, tricks):
    originals = list(_MODELS[noun].objects.filter(is_sample=False).order_by("slug"))
    chance.shuffle(originals)
    names = sorted(tricks)
    found = []
    for original in originals:
        trick = names[len(found) % len(names)]
        changed = tricks[trick](chance, original)
        if changed:
            copy = _COPY[noun](chance, original, changed, f"kopie-{noun}-{len(found)}")
            found.append(Planted(noun, original.pk, copy.pk, trick))
        if len(found) == number:
            return found
    raise AssertionError(f"Only {len(found)} of {number} copies of {noun} could be made.")


# -- copies ----------------------------------------------------------------------------------------


def _copy_event(chance, event, changed, slug):
    """Somebody else's entry knows part of what the first one knows."""
    facts = {"title": event.title, "starts_on": event.starts_on, "ends_on": event.ends_on, "mode": event.mode}
    facts |= {"date_precision": event.date_precision, "online_access": event.online_access or ""}
    facts["online_url"] = event.online_url
    for name, value in (("series", event.series), ("website", event.website), ("edition", event.edition)):
        if chance.random() < 0.5 and (name != "edition" or facts.get("series")):
            facts[name] = value or (None if name != "website" else "")
    copy = Event.objects.create(slug=slug, state="draft", **(facts | changed))
    for link in event.venue_links.all():
        if chance.random() < 0.6:
            EventVenue.objects.create(event=copy, venue=link.venue, use=link.use)
    for link in event.participations.all():
        if chance.random() < 0.4:
            Participation.objects.create(event=copy, organisation=link.organisation, role=link.role)
    return copy


def _copy_person(chance, person, changed, slug):
    facts = {name: getattr(person, name) for name in ("academic_title", "given_name", "family_name")}
    copy = Speaker.objects.create(slug=slug, **(facts | changed))
    seen = person.appearances.order_by("pk").last()
    if seen and chance.random() < 0.5:
        AppearanceFactory(
            event=seen.event, speaker=copy, office=seen.office, organisation=seen.organisation, role="host"
        )
    return copy


def _copy_organisation(chance, body, changed, slug):
    facts = {name: getattr(body, name) for name in ("name", "kind", "level", "city", "state", "country")}
    if chance.random() < 0.5:
        facts["short_name"] = body.short_name
    return Organisation.objects.create(slug=slug, **(facts | changed))


def _copy_venue(chance, venue, changed, slug):
    facts = {name: getattr(venue, name) for name in ("name", "kind", "city", "state", "country")}
    if chance.random() < 0.5:
        facts["street"] = venue.street
    return Venue.objects.create(slug=slug, **(facts | changed))


_COPY = {
    "event": _copy_event,
    "speaker": _copy_person,
    "organisation": _copy_organisation,
    "venue": _copy_venue,
}


__all__ = ["HELD_OUT", "TUNING", "harvest", "load", "plant"]
