"""Every address answers: the URLconf is walked, in both languages, with the cast behind it."""

import re

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import URLResolver, get_resolver, reverse
from django.utils import translation

from events.models import Event
from sharing.codes import code_of
from tests.pages.operator import legal

pytestmark = pytest.mark.django_db
TOKEN = "of whoever looks after the site"


@pytest.fixture(autouse=True)
def _complete_site(settings):
    """security.txt is there only where somebody is named in it, numbers only for whom a token is set."""
    settings.SECURITY_CONTACT = "mailto:sicherheit@example.org"
    settings.METRICS_TOKEN = TOKEN
    settings.LEGAL, settings.CONTACT_EMAIL = legal(), "stadt@example.org"
    # The look has files of its own where the operator has given it a colour.
    settings.ACCENT_COLOUR = "#00594f"


def walk(patterns, namespaces=(), parameters=()):
    """(qualified name, names of its parameters) of every named address."""
    for pattern in patterns:
        here = (*parameters, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            below = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from walk(pattern.url_patterns, below, here)
        elif pattern.name:
            yield ":".join((*namespaces, pattern.name)), here


def addresses():
    return sorted(set(walk(get_resolver().url_patterns)))


PUBLIC = [address for address in addresses() if not address[0].startswith(("admin:", "account", "mfa_"))]
ADMIN = [address for address in addresses() if address[0].startswith("admin:")]
both_languages = pytest.mark.parametrize("language", ["de", "en"])


def values(cast, name):
    """What stands for each parameter of an address: {parameter: value}."""
    namespace = name.partition(":")[0]
    nouns = {
        "events:series": cast.series,
        "sharing:series-picture": cast.series,
        "events:topic": cast.cloud,
        "events:venue": cast.berlin_hall,
        "organisations": cast.association,
        "speakers": cast.keynote_speaker,
    }
    told = {
        "api-v1:get_events": cast.congress,
        "api-v1:list_changes": cast.congress,
        "api-v1:get_series": cast.series,
        "api-v1:get_organisations": cast.association,
        "api-v1:get_people": cast.keynote_speaker,
        "api-v1:get_topics": cast.cloud,
        "api-v1:get_venues": cast.berlin_hall,
    }
    return {
        "slug": nouns.get(name.removesuffix("-jsonld"), nouns.get(namespace, cast.congress)).slug,
        "part": "event-1",
        "code": code_of(cast.congress.uid),
        "year": 2027,
        "month": 3,
        "id": told[name].uid if name in told else 1,
        **dict.fromkeys(["object_id", "key", "keep", "lose", "one", "other"], cast.congress.pk),
        "content_type_id": ContentType.objects.get_for_model(Event).pk,
        "app_label": "events",
        "noun": "event",
        "model": "events.Event",
        "name": "unchecked",
        "step": "checked",
        # Of the files of the look.
        **{"stem": "colours", "digest": "0123456789ab", "ending": "css"},
        **dict.fromkeys(["object_id", "key", "keep", "lose", "one", "other"], cast.congress.pk),
        **dict.fromkeys(["number", "change", "upload"], 1),
    }


def answers(client, cast, language, asked):
    """(name, response) of each of these addresses in a language, asked for by nobody in particular."""
    for name, wanted in asked:
        known = values(cast, name)
        assert set(wanted) <= set(known), f"say in `values` what stands for {wanted} of {name}"
        with translation.override(language):
            url = reverse(name, kwargs={parameter: known[parameter] for parameter in wanted})
        headers = {"Authorization": f"Bearer {TOKEN}"} if name == "metrics" else {}
        # How to embed a page is told of a page.
        asked_for = {"url": settings.SITE_URL} if name == "oembed" else {}
        yield name, client.get(url, asked_for, headers=headers)


@both_languages
def test_every_address_answers(client, cast, language):
    seen = {name: response.status_code for name, response in answers(client, cast, language, PUBLIC)}
    assert {name: status for name, status in seen.items() if status not in (200, 301, 302)} == {}


@both_languages
def test_the_admin_asks_everybody_to_log_in(client, cast, language):
    asked = dict(answers(client, cast, language, ADMIN))
    assert asked.pop("admin:login").status_code == 200
    asked.pop("admin:logout")  # leads to the index, which asks in turn
    asked.pop("admin:jsi18n", None)
    with translation.override(language):
        to_log_in = reverse("admin:login")
    assert [
        name for name, response in asked.items() if to_log_in not in response.headers.get("Location", "")
    ] == []


@both_languages
def test_public_pages_keep_no_cookie_and_vary_with_nothing_personal(client, cast, language):
    for name, response in answers(client, cast, language, PUBLIC):
        assert not response.cookies, name
        assert not re.search(r"cookie|accept-language", response.headers.get("Vary", ""), re.I), name


@both_languages
def test_pages_speak_the_language_of_their_path(client, cast, language):
    for name, response in answers(client, cast, language, PUBLIC):
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            assert f'<html lang="{language}"' in response.content.decode(), name


def test_german_addresses_have_no_prefix_and_english_ones_do():
    for name, wanted in PUBLIC:
        if wanted:
            continue
        with translation.override("de"):
            german = reverse(name)
        with translation.override("en"):
            english = reverse(name)
        assert not german.startswith("/en/"), name
        assert english == german or english.startswith("/en/"), name


def test_each_noun_knows_its_own_page(client, cast):
    nouns = [cast.congress, cast.series, cast.association, cast.keynote_speaker, cast.cloud, cast.berlin_hall]
    pages = {noun.get_absolute_url(): client.get(noun.get_absolute_url()).content.decode() for noun in nouns}
    assert len(pages) == 6
    assert [
        url for noun, (url, page) in zip(nouns, pages.items(), strict=True) if str(noun) not in page
    ] == []
