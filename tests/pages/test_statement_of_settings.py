"""What the settings say of the accessibility becomes the first version of the statement."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings

from pages import statements
from pages.models import Statement
from tests.pages.operator import legal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def take_over(settings):
    settings.CONTACT_EMAIL = "stadt@musterstadt.example"
    return import_module("pages.migrations.0003_the_statement_of_the_settings").take_over


@pytest.mark.parametrize(
    "changes",
    [
        {"ENFORCEMENT_NAME": settings.PLACEHOLDER},
        {"ACCESSIBILITY_REVIEWED_ON": dt.date(2020, 1, 1)},
        {"ACCESSIBILITY_ANSWER_DAYS": 0},
        {"ACCESSIBILITY_BARRIERS": {"part": "Karte"}},
        {"ACCESSIBILITY_BARRIERS": ["Karte"]},
    ],
)
def test_the_migration_leaves_alone_what_no_statement_may_say(take_over, settings, changes):
    settings.LEGAL = legal(**changes)
    take_over(apps, None)
    assert not Statement.objects.exists()


def test_the_migration_brings_what_the_settings_say(take_over, settings):
    settings.LEGAL = legal()
    expected = statements.from_settings()
    take_over(apps, None)
    found = statements.in_force()
    assert found.facts() == expected.facts()
    assert [one.facts() for one in found.barriers.all()] == [
        one.facts() for one in statements.barriers_of(expected)
    ]
