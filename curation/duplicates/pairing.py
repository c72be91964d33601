"""Suspected pairs as pages show them, to those who may see both entries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.rights import rights_of
from curation.duplicates import suspects
from curation.duplicates.facts import Facts
from curation.duplicates.kinds import KINDS
from curation.duplicates.reasons import told
from curation.duplicates.suspects import alike
from curation.models import Suspicion, Unlike
from curation.models.suspicions import STRONG
from events.models import Appearance, Event, EventVenue, Participation

# Entries that a hint in a form names.
_NAMED = 4


@dataclass(frozen=True)
class Shown:
    """An entry in a few words: `details` are [(label, value)] for a pair side by side."""

    key: int
    name: str
    address: str
    details: list[tuple[str, str]]


@dataclass(frozen=True)
class Twin:
    name: str
    address: str
    reasons: list[str]
    is_strong: bool
    merge: str


@dataclass(frozen=True)
class PairShown:
    noun: str
    one: Shown
    other: Shown
    score: int
    reasons: list[str]
    merge: str

    @property
    def is_strong(self) -> bool:
        return self.score >= STRONG

    @property
    def sides(self) -> tuple[Shown, Shown]:
        return self.one, self.other


def page_of(site: AdminSite, noun: str) -> Any:
    return site.get_model_admin(KINDS[noun].model)


def shown(site: AdminSite, request: HttpRequest, noun: str, keys: Iterable[int]) -> dict[int, Shown]:
    """{key: entry} of those that this person may open in the admin."""
    found = _open(site, request, noun, keys)
    if noun == "event":
        found = found.select_related("series").prefetch_related(
            Prefetch("participations", Participation.objects.select_related("organisation")),
            Prefetch("venue_links", EventVenue.objects.select_related("venue")),
        )
    if noun == "speaker":
        appearances = Appearance.objects.select_related("organisation")
        found = found.prefetch_related(Prefetch("appearances", appearances))
    return {
        one.pk: Shown(one.pk, str(one), _route(site, noun, one.pk), list(_DETAILS[noun](one)))
        for one in found
    }


def twins(site: AdminSite, request: HttpRequest, noun: str, facts: Facts) -> list[Twin]:
    """What is entered already and may be the same, the likest first; not what somebody called unlike."""
    found = alike(noun, [facts])
    decided = _unlike(noun, facts.key)
    verdicts = [
        (key, verdict.score, verdict.reasons)
        for (_number, key), verdict in found.items()
        if key not in decided
    ]
    verdicts.sort(key=lambda verdict: (-verdict[1], verdict[0]))
    return _twins(site, request, noun, facts.key, verdicts)


def kept_twins(site: AdminSite, request: HttpRequest, noun: str, key: int) -> list[Twin]:
    """As `twins`, of an entry as it was last looked at: read, not found (3 queries at most)."""
    return _twins(site, request, noun, key, suspects.kept(noun, key))


def _twins(
    site: AdminSite, request: HttpRequest, noun: str, mine: int, verdicts: Sequence[tuple[int, int, Any]]
) -> list[Twin]:
    """`verdicts` are (key, score, reasons)."""
    likest = verdicts[:_NAMED]
    keys = [key for key, _score, _reasons in likest]
    entries = _named(site, request, noun, keys) if keys else {}
    return [
        Twin(
            *entries[key],
            told(reasons),
            score >= STRONG,
            merge_address(site, request, noun, mine, key) if mine else "",
        )
        for key, score, reasons in likest
        if key in entries
    ]


def _named(site: AdminSite, request: HttpRequest, noun: str, keys: list[int]) -> dict[int, tuple[str, str]]:
    """{key: (name, address)} of those that this person may open in the admin; events of others that everybody
    may see by their public pages: entered twice they would be, too."""
    named = {one.pk: (str(one), _route(site, noun, one.pk)) for one in _open(site, request, noun, keys)}
    others = set(keys) - named.keys()
    if noun == "event" and others:
        public = Event.objects.published().filter(pk__in=others)
        named |= {one.pk: (str(one), one.get_absolute_url()) for one in public}
    return named


def _open(site: AdminSite, request: HttpRequest, noun: str, keys: Iterable[int]) -> Any:
    found = page_of(site, noun).get_queryset(request).filter(pk__in=set(keys))
    return found.filter(anonymised_at=None) if noun == "speaker" else found


def _route(site: AdminSite, noun: str, key: int) -> str:
    opts = KINDS[noun].model._meta
    return reverse(f"{site.name}:{opts.app_label}_{opts.model_name}_change", args=[key])


def _unlike(noun: str, key: int) -> set[int]:
    if not key:
        return set()
    rows = Unlike.objects.filter(noun=noun)
    return {
        *rows.filter(one=key).values_list("other", flat=True),
        *rows.filter(other=key).values_list("one", flat=True),
    }


def pairs(site: AdminSite, request: HttpRequest, suspicions: Sequence[Suspicion]) -> list[PairShown]:
    """In the same order, without those of which this person may not see both."""
    entries: dict[str, dict[int, Shown]] = {}
    for noun in {one.noun for one in suspicions}:
        keys = {key for one in suspicions if one.noun == noun for key in (one.one, one.other)}
        entries[noun] = shown(site, request, noun, keys)
    return [
        PairShown(
            one.noun,
            entries[one.noun][one.one],
            entries[one.noun][one.other],
            one.score,
            told(one.reasons),
            merge_address(site, request, one.noun, one.one, one.other),
        )
        for one in suspicions
        if one.one in entries[one.noun] and one.other in entries[one.noun]
    ]


def merge_address(site: AdminSite, request: HttpRequest, noun: str, keep: int, lose: int) -> str:
    """Where both are merged; empty for who may not merge."""
    page = page_of(site, noun)
    may = page.has_delete_permission(request) and page.has_change_permission(request)
    may = may and rights_of(request.user).merges
    return reverse(f"{site.name}:curation_merge", args=[noun, keep, lose]) if may else ""


# -- details ---------------------------------------------------------------------------------------


def _event(one: Any) -> Iterable[tuple[str, str]]:
    days = date_format(one.starts_on, "SHORT_DATE_FORMAT")
    if one.ends_on != one.starts_on:
        days = f"{days} – {date_format(one.ends_on, 'SHORT_DATE_FORMAT')}"
    yield _("date"), days
    yield _("place"), ", ".join(dict.fromkeys(venue.place for venue in one.places)) or one.get_mode_display()
    yield _("series"), str(one.series or "–")
    yield _("organisers"), ", ".join(link.organisation.label for link in one.organisers) or "–"
    yield _("editorial state"), one.get_state_display()


def _organisation(one: Any) -> Iterable[tuple[str, str]]:
    yield _("short name"), one.short_name or "–"
    yield _("kind"), one.get_kind_display()
    yield _("city"), one.city or "–"
    yield _("website"), one.website or "–"


def _speaker(one: Any) -> Iterable[tuple[str, str]]:
    seen = list(one.appearances.all())
    said = [", ".join(filter(None, (link.office, str(link.organisation or "")))) for link in seen]
    yield _("appearances"), str(len(seen))
    yield _("office held then"), "; ".join(list(dict.fromkeys(filter(None, said)))[:3]) or "–"
    yield _("description"), one.description[:120] or "–"
    yield _("website"), one.website or "–"


def _venue(one: Any) -> Iterable[tuple[str, str]]:
    yield _("kind of place"), one.get_kind_display()
    yield _("address"), ", ".join(filter(None, (one.street, f"{one.postal_code} {one.city}".strip()))) or "–"


def _topic(one: Any) -> Iterable[tuple[str, str]]:
    yield _("synonyms"), ", ".join(one.synonyms) or "–"


def _series(one: Any) -> Iterable[tuple[str, str]]:
    yield _("short name"), one.short_name or "–"
    yield _("other names"), ", ".join(one.aliases) or "–"
    yield _("website"), one.website or "–"


_DETAILS: dict[str, Any] = {
    "event": _event,
    "organisation": _organisation,
    "speaker": _speaker,
    "venue": _venue,
    "topic": _topic,
    "series": _series,
}
