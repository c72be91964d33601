"""The editors' pages: in scope of the same rules, in the window of an editor's desk."""

import pytest
from django.urls import reverse

from tests.browser import inspect_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_axe_finds_nothing_on_the_editors_pages(open_page, log_in, cast_of_site, watch):
    event, organisation = cast_of_site.congress.pk, cast_of_site.association.pk
    paths = {
        "index": reverse("admin:index"),
        "event list": reverse("admin:events_event_changelist"),
        "event list, searched": reverse("admin:events_event_changelist") + "?q=tag",
        "event, change": reverse("admin:events_event_change", args=[event]),
        "event, add": reverse("admin:events_event_add"),
        "event, history": reverse("admin:events_event_history", args=[event]),
        "event, delete": reverse("admin:events_event_delete", args=[event]),
        "organisation, change": reverse("admin:organisations_organisation_change", args=[organisation]),
        "password": reverse("admin:password_change"),
    }
    outside = open_page()
    outside.goto(reverse("admin:login"))
    found = [f"log-in: {what}" for what in inspect_page.violations(outside)]
    page = log_in()
    for name, path in paths.items():
        assert page.goto(path).status == 200, name
        found += [f"{name}: {what}" for what in inspect_page.violations(page)]
    assert not found, "\n".join(found)
    assert (watch.strangers, watch.complaints) == ([], [])
