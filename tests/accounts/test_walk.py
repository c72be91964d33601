"""No entry of others is reachable: every address of the admin, tried by each who has no right to it."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.urls import URLResolver, reverse
from django.urls.resolvers import RoutePattern

from catalogue.models import UploadedTable
from events.models import Event, Participation, PreviousDate, Step
from lib.editing import tasks
from organisations.models import Organisation
from tests import factories as make
from tests.accounts.cast import make_people
from tests.lasting import lasting
from tests.trail.hands import step
from trail.models import Change, Kind

pytestmark = pytest.mark.django_db
BOUND = ("author", "member", "trusted_member", "nobody", "visitor")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# Django's own addresses that are regular expressions, by the names of their parameters.
REGULAR = {"app_label": "events/", "url": "nirgends/"}
# What they tell of is public: it competes with a date, or may be the same.
TELL_OF_PUBLISHED = {"events_event_clash", "curation_alike"}


GONE = {"title": "Fremdtagung gelöscht", "slug": "fremdtagung-geloescht"}


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        people = make_people()
        gone = make.EventFactory(**GONE, state="draft", organisers=[people.foreign])
        for event in people.theirs.values():
            event.series = make.SeriesFactory(slug=f"reihe-{event.pk}")
            event.website = f"https://fremd.example/{event.slug}"
            event.save(update_fields=["series", "website"])
        with step():
            Event.objects.filter(pk=people.theirs["draft"].pk).update(summary="Geändert.")
        with step():
            gone.delete()
        content = f"title\n{people.theirs['draft'].title}\n".encode()
        UploadedTable.objects.create(
            user=people.administrator, section="events", name="termine.csv", content=content
        )
        yield people


@pytest.fixture(scope="module")
def tried(people, django_db_blocker):
    """(name, address) of all that is to be tried."""
    with django_db_blocker.unblock():
        return list(paths(people))


def addresses(patterns, path=""):
    """(name or empty, path below the admin's with parameters in braces) of every address."""
    for pattern in patterns:
        part = pattern.pattern
        if isinstance(part, RoutePattern):
            here = path + PARAMETER.sub(r"{\1}", str(part))
        else:
            here = path + REGULAR[next(iter(part.regex.groupindex))]
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        else:
            yield pattern.name or "", here


# -- what stands for parameters --------------------------------------------------------------------


def subject(people, path):
    """The entry that an address is about: a foreign one, where its kind knows any."""
    event = people.theirs["draft"]
    known = {
        "organisations/organisation": people.foreign,
        "events/series": event.series,
        "auth/user": people.stranger,
        "accounts/person": people.stranger,
    }
    return next((entry for start, entry in known.items() if path.startswith(start)), event)


def values(people, path):
    """{parameter: what is tried}; of two that are alike the second is another foreign entry."""
    event, other = people.theirs["draft"], people.theirs["published"]
    last = Change.objects.filter(noun="event", owner=event.pk).latest("pk")
    removal = Change.objects.filter(noun="event", kind=Kind.DELETE).latest("pk")
    entry = subject(people, path)
    return {
        "object_id": entry.pk,
        "id": entry.pk,
        "key": event.series_id if "of-series" in path else entry.pk,
        "content_type_id": ContentType.objects.get_for_model(Event).pk,
        "model": "events.Event",
        "noun": "event",
        "keep": event.pk,
        "lose": other.pk,
        "one": event.pk,
        "other": other.pk,
        "change": removal.pk if "recover" in path else last.pk,
        "number": last.transaction,
        "upload": UploadedTable.objects.get().pk,
    }


def paths(people):
    base = reverse("admin:index")
    for name, path in addresses(admin.site.get_urls()):
        wanted = set(re.findall(r"{(\w+)}", path))
        if {"name", "step"} <= wanted:
            for task in tasks.tasks_of(Event):
                for mending in task.steps:
                    known = values(people, path) | {"name": task.name, "step": mending.name}
                    yield name, base + path.format(**known)
            continue
        known = values(people, path)
        assert wanted <= set(known), f"say in `values` what stands for {wanted - set(known)} of {path}"
        yield name, base + path.format(**known)


# -- what is sent ----------------------------------------------------------------------------------


def asked(people, route, path):
    """What might make a page tell of a foreign event. Lists know their own parameters only."""
    if route.endswith("changelist"):
        return [{}, {"q": "Fremd"}]
    if "/tables/" in path:
        return [{"format": "csv"}]
    event, published = people.theirs["draft"], people.theirs["published"]
    mixed = {
        "term": "Fremd",
        "app_label": "events",
        "model_name": "event",
        "field_name": "parent",
        "noun": "event",
        "title": "Fremdtagung",
        "from": published.starts_on,
        "to": published.ends_on,
        "starts_on": published.starts_on,
        "event": event.pk,
        "key": event.pk,
        "copy": event.pk,
        "parent": event.pk,
        "keep": event.pk,
        "lose": published.pk,
    }
    return [mixed]


def sent(people):
    """What might change a foreign event, if somebody believed it."""
    chosen = [event.pk for event in people.theirs.values()]
    return {
        ACTION_CHECKBOX_NAME: chosen,
        "keys": chosen,
        "select_across": "0",
        "confirmed": "yes",
        "post": "yes",
        "note": "Gekapert",
        "title": "Gekapert",
        "starts_on": "2027-05-04",
        "ends_on": "2027-05-05",
        "paste": "4. Mai 2027",
        "event": chosen[0],
        "key": chosen[0],
        "keep": chosen[0],
        "lose": chosen[1],
        "_save": "1",
        "_publish": "1",
    }


class Kept:
    """All that is to stay as it is. It is looked at after each request, so the database looks, at once."""

    def __init__(self, people):
        events = [event.pk for event in people.theirs.values()]
        self.queries = (
            Event.objects.filter(pk__in=events).order_by("pk").values(),
            Participation.objects.filter(event__in=events).order_by("pk").values(),
            PreviousDate.objects.filter(event__in=events).order_by("pk").values(),
            Step.objects.filter(event__in=events).order_by("pk").values(),
            Organisation.objects.filter(pk=people.foreign.pk).values(),
            type(people.stranger).objects.filter(pk=people.stranger.pk).values("password", "is_active"),
            people.stranger.groups.order_by("pk").values("name"),
        )
        told = [query.query.sql_with_params() for query in self.queries]
        self.sql = " UNION ALL ".join(f"SELECT array_agg(r::text) FROM ({sql}) AS r" for sql, _params in told)
        self.params = [param for _sql, params in told for param in params]
        self.rows, self.before = self.read(), self.now()

    def read(self):
        return [list(query.all()) for query in self.queries]

    def now(self):
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.params)
            return cursor.fetchall()

    def check(self, *tried):
        if self.now() != self.before:
            assert self.read() == self.rows, tried
            raise AssertionError(f"Only the database tells them apart: {tried}")


def secrets(people, name):
    states = ("draft", "in_review") if name in TELL_OF_PUBLISHED else tuple(people.theirs)
    events = [people.theirs[state] for state in states]
    return [*GONE.values(), *(text for event in events for text in (event.title, event.slug))]


def browser(people, name):
    client = Client()
    if getattr(people, name).is_authenticated:
        client.force_login(getattr(people, name))
    return client


def told(response):
    """The answer with where it leads to and what it has to say later."""
    body = b"".join(response) if response.streaming else response.content
    lines = [str(message) for message in getattr(response.wsgi_request, "_messages", ())]
    return "\n".join([body.decode(errors="replace"), response.headers.get("Location", ""), *lines])


# -- the walk --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOUND)
def test_no_page_tells_of_a_foreign_event(name, people, tried):
    client, found = browser(people, name), []
    for route, path in tried:
        for query in asked(people, route, path):
            text = told(client.get(path, query))
            found += [(path, secret) for secret in secrets(people, route) if secret in text]
    assert found == []


@pytest.mark.parametrize("name", BOUND)
def test_no_form_changes_a_foreign_event(name, people, tried):
    client, found, kept, data = browser(people, name), [], Kept(people), sent(people)
    for route, path in tried:
        if route == "logout":
            continue
        text = told(client.post(path, data))
        found += [(path, secret) for secret in secrets(people, route) if secret in text]
        kept.check(path)
    assert found == []


@pytest.mark.parametrize("name", BOUND)
def test_no_action_reaches_a_foreign_entry(name, people, rf):
    client, kept = browser(people, name), Kept(people)
    request = rf.get("/")
    request.user = people.administrator
    for model, page in admin.site._registry.items():
        path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for action in ("delete_selected", *page.get_actions(request)):
            entries = people.theirs.values() if model is Event else [subject(people, path.split("/", 2)[2])]
            data = sent(people) | {"action": action, ACTION_CHECKBOX_NAME: [entry.pk for entry in entries]}
            text = told(client.post(path, data))
            assert [secret for secret in secrets(people, "") if secret in text] == [], (path, action)
            kept.check(path, action)


def test_the_walk_would_notice(people):
    """To those to whom these are their own, the same addresses do tell of them."""
    event = people.theirs["draft"]
    path = reverse("admin:events_event_change", args=[event.pk])
    for name in ("administrator", "publisher", "editor", "stranger"):
        client = browser(people, name)
        assert event.title in told(client.get(path)), name
        assert event.title in told(client.get(reverse("admin:events_event_changelist"))), name
    assert people.ours["draft"].title in told(
        browser(people, "member").get(reverse("admin:events_event_change", args=[people.ours["draft"].pk]))
    )
