"""Addresses of entries and references to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from events.outputs import facts, plain
from events.outputs.facts import Site
from lib.nouns import Noun

ROOT = "/api/v1"
# The collection of each noun, by the name of its model.
COLLECTIONS = {
    "event": "events",
    "series": "series",
    "organisation": "organisations",
    "speaker": "people",
    "topic": "topics",
    "venue": "venues",
}


@dataclass(frozen=True, kw_only=True)
class Linker:
    """Puts references, or whole entries where `expanded` has them: {collection: {pk: record}}."""

    site: Site
    expanded: Mapping[str, Mapping[int, dict[str, Any]]] = field(default_factory=dict)
    _references: dict[Noun, dict[str, Any]] = field(default_factory=dict)

    def to(self, noun: Noun | None) -> dict[str, Any] | None:
        """The entry in its place: whole if it was asked for, in short else; None for none."""
        if noun is None:
            return None
        whole = self.expanded.get(collection_of(noun), {}).get(noun.pk)
        return whole or self.reference(noun)

    def all(self, nouns: Any) -> list[Any]:
        return [self.to(noun) for noun in nouns]

    def reference(self, noun: Noun) -> dict[str, Any]:
        """The entry in short; made once, since many are named again and again."""
        known = self._references.get(noun)
        if known is None:
            known = self._references[noun] = self._short(noun)
        return known

    def _short(self, noun: Noun) -> dict[str, Any]:
        told = labelled(noun, name_of(noun))
        return self.named(noun._meta.model_name or "", str(noun.uid), noun.slug, told)

    def named(self, kind: str, uid: str, slug: str, name: str) -> dict[str, Any]:
        """The same of one of which only this is known; `kind` is the name of its model."""
        return {
            "id": uid,
            "slug": slug,
            "name": name,
            "url": self.form(facts.URL_NAMES[kind], slug),
            "api_url": f"{self.site.url}{ROOT}/{COLLECTIONS[kind]}/{uid}",
        }

    def identity(self, noun: Noun) -> dict[str, Any]:
        """What every entry begins with."""
        return {
            "id": str(noun.uid),
            "slug": noun.slug,
            "url": self.page(noun),
            "api_url": self.own(noun),
            "pages": {code: self.page(noun, code) for code, _name in settings.LANGUAGES},
        }

    def page(self, noun: Noun, language: str = "") -> str:
        """The entry's page for people."""
        route = facts.URL_NAMES[noun._meta.model_name or ""]
        return self.form(route, noun.slug, language or self.site.language)

    def form(self, route: str, slug: str, language: str = "") -> str:
        """Another form of the entry, by the name of its address."""
        before, after = _around(route, language or self.site.language)
        return f"{self.site.url}{before}{slug}{after}"

    def own(self, noun: Noun) -> str:
        """The entry's address in the API."""
        return f"{self.site.url}{ROOT}/{collection_of(noun)}/{noun.uid}"


@cache
def _around(route: str, language: str) -> tuple[str, str]:
    """What stands before and after the slug: finding an address a hundred times a page takes its time."""
    with override(language):
        before, _slug, after = reverse(route, args=["slug-of-it"]).partition("slug-of-it")
    return before, after


def collection_of(noun: Noun) -> str:
    return COLLECTIONS[noun._meta.model_name or ""]


def labelled(noun: Noun, name: str) -> str:
    """The name on one line; samples are marked, as in every output."""
    told = plain.line(name)
    return _("[Sample] %(title)s") % {"title": told} if noun.is_sample else told


def name_of(noun: Any) -> str:
    """The name in the active language."""
    for attribute in ("display_title", "display_name"):
        if hasattr(noun, attribute):
            return str(getattr(noun, attribute))
    return str(noun.name)


def text(value: str) -> str | None:
    """Text on one line, None where there is none."""
    return plain.line(value) or None


def prose(value: str) -> str | None:
    """Text with its lines, None where there is none."""
    return plain.clean(value) or None


def web(value: str) -> str | None:
    """An address outside, None where there is none."""
    return plain.web(value) or None


def day(value: Any) -> str | None:
    return value.isoformat() if value else None


def clock(value: Any) -> str | None:
    return f"{value:%H:%M}" if value else None
