"""Run with the former release's code in its folder: reads all kinds of pages, edits, asks what triggers do.

Knows only what that release knew; prints {"wrong": sentences} as JSON.
"""

import json
from collections.abc import Iterator
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

settings.ALLOWED_HOSTS = ["*"]

from events.models import Event, Participation, Series, Topic, Venue  # noqa: E402
from organisations.models import Organisation  # noqa: E402
from speakers.models import Speaker  # noqa: E402

PATHS = (
    *("/", "/en/", "/veranstaltungen/", "/en/events/", "/veranstaltungen/?when=all&q=kommune", "/reihen/"),
    *("/themen/", "/orte/", "/organisationen/", "/personen/", "/suche/?q=kommune", "/barriere-melden/"),
    *(
        "/veranstaltungen.ics?when=all",
        "/veranstaltungen.atom",
        "/veranstaltungen.json",
        "/veranstaltungen.csv",
    ),
    *("/veranstaltungen.jsonld", "/sitemap.xml", "/readyz"),
)
FIELDS = {
    "starts_on": "2031-05-06",
    "ends_on": "2031-05-06",
    "state": "published",
    "languages": ["de"],
    "formats": ["congress"],
    "audiences": ["municipal"],
}


def read(client: Client) -> Iterator[str]:
    """Every kind of page, and one entry of every noun."""
    entries = [
        model.objects.order_by("pk").first() for model in (Series, Topic, Venue, Organisation, Speaker)
    ]
    event = Event.objects.filter(state="published").order_by("pk").first()
    paths = [*PATHS, *(one.get_absolute_url() for one in (event, *entries) if one)]
    paths += [f"/veranstaltungen/{event.slug}{end}" for end in (".ics", ".json", ".jsonld")] if event else []
    for path in paths:
        response = client.get(path)
        if response.status_code != 200:
            yield f"the former release answers {path} with {response.status_code}"


def edit(client: Client) -> Iterator[str]:
    """Adds, changes and removes by its models, and says what present triggers have not noted."""
    before = _version()
    host = Organisation.objects.create(slug="alt-host", name="Alt", kind="association", level="private")
    event = Event.objects.create(slug="alt-tagung", title="Alte Tagung", **FIELDS)
    Participation.objects.create(event=event, organisation=host, role="organiser", position=0)
    Speaker.objects.create(slug="alt-person", given_name="Alt", family_name="Person")
    event.refresh_from_db()
    event.title = "Alte Tagung, neu"
    event.save()
    if "Alte Tagung, neu" not in client.get(event.get_absolute_url()).content.decode():
        yield "the former release does not show its own edit"
    event.slug = "alt-tagung-neu"
    event.save()
    if client.get("/veranstaltungen/alt-tagung/").status_code != 301:
        yield "a slug that the former release changed is not remembered"
    if _version() < before + 5:
        yield f"the catalogue's version rose from {before} to {_version()} only"
    kinds = _column("SELECT kind FROM trail_change WHERE key = %s AND \"table\" = 'events_event'", event.pk)
    if sorted(kinds) != ["insert", "update", "update"]:
        yield f"the trail notes {sorted(kinds)} of the former release's edits"
    uid = _column("SELECT uid FROM events_event WHERE id = %s", event.pk)[0]
    key = event.pk
    event.delete()
    if not _column("SELECT uid FROM journal_tombstone WHERE uid = %s", uid):
        yield "an event that the former release deleted leaves no tombstone"
    if not _column("SELECT id FROM events_touched WHERE %s = ANY(keys)", key):
        yield "lists are not told of the former release's edits"


def signed_in() -> Iterator[str]:
    """An account of editors, made and used by the former release."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("alt", password=None))
    event = Event.objects.create(slug="alt-entwurf", title="Alter Entwurf", **FIELDS)
    for path in ("/admin/", "/admin/events/event/", f"/admin/events/event/{event.pk}/change/"):
        status = client.get(path).status_code
        if status != 200:
            yield f"the former release answers {path} with {status}"


def _version() -> int:
    return int(_column("SELECT coalesce(max(number), 0) FROM journal_catalogueversion")[0])


def _column(sql: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


if __name__ == "__main__":
    visitor = Client(raise_request_exception=False)
    print(json.dumps({"wrong": [*read(visitor), *edit(visitor), *signed_in()]}))
