"""Every address of the site and every parameter that one of them reads, told by the code itself."""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from accounts.signing.forms import ForgottenForm, SignInForm
from api.description import document
from api.views import api
from events.clash.form import PlanForm
from events.filters import EventFilter
from events.models import Event, Series, Topic, Venue
from feedback.forms import BarrierForm
from feedback.guards import TOKEN, TRAP
from organisations.models import Organisation
from sharing.codes import code_of
from sharing.frames import BuilderForm
from speakers.models import Speaker
from tools.fuzz.ground import Address, Ground

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
# Entries of each noun whose names stand in addresses; more say nothing new.
SOME = 60
# Parameters that no form and no description names.
OTHERS = [
    "q",
    "page",
    "next",
    "deadlines",
    "url",
    "format",
    "maxwidth",
    "maxheight",
    "event",
    "lang",
    "width",
    "_popup",
    "_to_field",
    "p",
    "o",
    "all",
    "e",
    "utm_source",
    "callback",
    "zqx",
    "q[]",
    "",
]
NOUNS = {
    "event": Event,
    "series": Series,
    "organisation": Organisation,
    "person": Speaker,
    "topic": Topic,
    "venue": Venue,
}
# What an address speaks of, by words in it.
ABOUT = [
    ("series", r"reihen|series"), ("organisation", r"organisation"), ("person", r"personen|people"),
    ("topic", r"themen|topics"), ("venue", r"orte|venues"), ("event", r""),
]  # fmt: skip


def survey() -> Ground:
    """Reads the code and a database with entries in it."""
    slugs, uids = {}, {}
    for noun, model in NOUNS.items():
        found: Any = list(model._default_manager.order_by("pk")[:SOME])
        slugs[noun] = [one.slug for one in found]
        uids[noun] = [str(one.uid) for one in found]
    codes = [code_of(uid) for uid in Event.objects.order_by("pk").values_list("uid", flat=True)[:SOME]]
    forms = (BarrierForm, SignInForm, ForgottenForm, PlanForm)
    fields = [name for form in forms for name in getattr(form, "base_fields", {})]
    fields += [TOKEN, TRAP, "csrfmiddlewaretoken", "next", "username"]
    return Ground(addresses(), parameters(slugs), _with(slugs, uids), codes, fields)


def _with(slugs: dict[str, list[str]], uids: dict[str, list[str]]) -> dict[str, list[str]]:
    return {noun: [*slugs[noun], *uids[noun]] for noun in slugs}


def addresses() -> list[Address]:
    """Those of both languages; the editors' ones, too, for which anybody may ask."""
    found: dict[str, None] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= dict.fromkeys(f"/{path}" for path in _paths(get_resolver().url_patterns))
    return [Address(path, _about(path), f"/{settings.ADMIN_PATH}" in path) for path in found]


def _paths(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        part = PARAMETER.sub(lambda found: f"{{{found[1] or found[2]}}}", str(pattern.pattern))
        here = before + part.replace("^", "").replace("$", "").replace("\\", "")
        if isinstance(pattern, URLResolver):
            yield from _paths(pattern.url_patterns, here)
        else:
            yield here


def _about(path: str) -> str:
    return next(noun for noun, words in ABOUT if re.search(words, path))


def parameters(slugs: dict[str, list[str]]) -> dict[str, list[str]]:
    """{name: values it may have} of all queries: filters, the API's own, embedding, clashes."""
    told: dict[str, list[str]] = {name: [] for name in OTHERS}
    for name, one in EventFilter.base_filters.items():
        told[name] = [str(key) for key, _label in getattr(one.field, "choices", None) or [] if key]
    for form in (BuilderForm, PlanForm):
        for name, field in form.base_fields.items():
            told.setdefault(name, []).extend(str(key) for key, _label in getattr(field, "choices", []))
    for name, schema in _described():
        told.setdefault(name, []).extend(map(str, schema.get("enum", [])))
    for noun, known in slugs.items():
        told.setdefault(noun, []).extend(known[:10])
    return told


def _described() -> Iterator[tuple[str, dict[str, Any]]]:
    """(name, schema) of the parameters in the API's description."""
    for path in document(api, "en")["paths"].values():
        for one in path["get"].get("parameters", []):
            if one["in"] == "query":
                yield one["name"], one["schema"].get("items", one["schema"])
