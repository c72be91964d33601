"""The pages of the editors' site, found by walking its addresses: a new one cannot be forgotten."""

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, reverse

from events.models import Event, Venue
from tests.cast import Cast
from trail.models import Change

# What other tests look at, since it takes more than an address; and what is no page.
ELSEWHERE = {
    "catalogue_table_": "an upload: tests/catalogue",
    "curation_mend": "a button's: POST alone",
    "curation_unlike": "a button's: POST alone",
    "trail_recover": "a deleted entry: tests/trail",
    "trail_undo": "tests/trail",
    "view_on_site": "closed",
}
# Pages that differ by their noun's name alone are looked at for events.
ALIKE = ("_add", "_history", "_delete", "trail_removed_", "catalogue_table_", "curation_twins_")


def routes(patterns=None, parameters=()):
    """(name, names of its parameters) of each address of the site."""
    for pattern in admin.site.get_urls() if patterns is None else patterns:
        here = (*parameters, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        elif pattern.name:
            yield pattern.name, here


def addresses(cast: Cast) -> dict[str, str]:
    """{route: address} of what is looked at; a route with unknown parameters is an error."""
    found = {}
    for name, parameters in routes():
        is_elsewhere = any(name.startswith(start) for start in ELSEWHERE) and bool(parameters)
        is_alike = any(part in name for part in ALIKE) and "event" not in name
        samples = [_sample(cast, name, one) for one in parameters if not (is_elsewhere or is_alike)]
        if not (is_elsewhere or is_alike or None in samples):
            found[name] = reverse(f"admin:{name}", args=samples)
    return found


def _sample(cast: Cast, route: str, parameter: str) -> object:
    told = {
        "app_label": "events",
        "noun": "venue" if "merge" in route else "event",
        "keep": cast.berlin_hall.pk,
        "lose": cast.essen_hall.pk,
        "change": lambda: Change.objects.of_entry("event", cast.congress.pk).earliest("pk").pk,
    }
    if parameter in told:
        value = told[parameter]
        return value() if callable(value) else value
    if parameter not in ("object_id", "key", "id"):
        raise LookupError(f"Say in `_sample` what stands for “{parameter}” of {route}.")
    entry = _entry(cast, route)
    return entry.pk if entry else None


def _entry(cast: Cast, route: str) -> object:
    """An entry of the model that the route is named after, None without any; of others the congress."""
    if "of_series" in route:
        return cast.series
    for model in admin.site._registry:
        if route.startswith(f"{model._meta.app_label}_{model._meta.model_name}_") and model is not Event:
            return {Venue: cast.berlin_hall}.get(model) or model._default_manager.order_by("pk").first()
    return User.objects.earliest("pk") if route.startswith("accounts_") else cast.congress


def pages(client: Client, paths: dict[str, str]) -> dict[str, str]:
    """Those of them that answer an editor's GET with a whole page."""
    return {name: path for name, path in paths.items() if _is_page(client.get(path))}


def _is_page(answer: HttpResponse) -> bool:
    if answer.status_code >= 500:
        raise AssertionError(f"{answer.request['PATH_INFO']} answers with {answer.status_code}.")
    html = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.status_code == 200 and html and b"<html" in answer.content
