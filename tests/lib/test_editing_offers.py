"""What apps above the nouns offer in the admin, shown to those who may use it."""

import pytest
from django.contrib import admin

from lib.editing import offers


@pytest.fixture
def tools(monkeypatch):
    monkeypatch.setattr(offers, "_tools", {})


@pytest.fixture
def asked(rf, django_user_model, db):
    """A request for a page by somebody new."""

    def asked(path, **rights):
        request = rf.get(path)
        request.user = django_user_model.objects.create(username=f"alex-{rights}", **rights)
        return request

    return asked


def test_a_tool_is_offered_to_those_with_its_right_alone(tools, asked):
    offers.tool("index", "Everybody's")
    offers.tool("events_event_add", "Of some", "events.add_event")
    of_alex = offers.tools_of(admin.site, asked("/"))
    of_all = offers.tools_of(admin.site, asked("/", is_superuser=True))
    assert [one.label for one in of_alex] == ["Everybody's"]
    assert [one.label for one in of_all] == ["Everybody's", "Of some"]


def test_a_tool_knows_the_pages_below_its_own(tools, asked):
    offers.tool("events_event_add", "Add")
    offers.tool("events_series_add", "Add series")
    found = offers.tools_of(admin.site, asked("/admin/events/event/add/more/"))
    assert [(one.address, one.is_current) for one in found] == [
        ("/admin/events/event/add/", True),
        ("/admin/events/series/add/", False),
    ]


def test_every_page_of_the_site_shows_the_tools(tools, admin_client):
    offers.tool("events_event_add", "A tool of tests")
    for page in ("/admin/", "/admin/events/event/", "/admin/password_change/"):
        assert b"A tool of tests" in admin_client.get(page).content, page
