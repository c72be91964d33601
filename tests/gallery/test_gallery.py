"""The gallery shows every component, and to developers alone."""

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import resolve

from config.urls import gallery_patterns
from gallery.specimens import SPECIMENS
from gallery.views import gallery

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(now, settings, django_assert_num_queries):
    request = RequestFactory().get("/galerie/")
    request.resolver_match = resolve("/")
    with django_assert_num_queries(0):
        return gallery(request).content.decode()


def test_every_component_is_shown():
    files = (settings.BASE_DIR / "templates" / "components").glob("*.html")
    assert sorted(file.stem for file in files) == sorted(SPECIMENS)


def test_each_state_stands_there_in_both_themes_and_asks_the_database_nothing(page):
    states = sum(len(specimens) for specimens in SPECIMENS.values())
    assert page.count('data-kern-theme="light"') == page.count('data-kern-theme="dark"') == states


def test_no_two_elements_bear_one_name(page):
    import re

    names = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("is_local", "debug", "is_there"), [(False, False, False), (True, False, True), (False, True, True)]
)
def test_production_has_no_gallery(settings, is_local, debug, is_there):
    settings.SITE_IS_LOCAL, settings.DEBUG = is_local, debug
    assert bool(gallery_patterns()) is is_there


def test_it_is_not_reachable_where_the_site_has_an_address(client):
    assert client.get("/galerie/").status_code == 404
