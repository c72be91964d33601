"""Two colleagues, and what they edit."""

import pytest
from django.contrib.auth.models import User
from django.utils import translation

from tests import factories as make


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def erna():
    return User.objects.create_superuser("erna", first_name="Erna", last_name="Schmidt")


@pytest.fixture
def otto():
    return User.objects.create_superuser("otto")


@pytest.fixture
def body():
    return make.OrganisationFactory(name="Bitkom", summary="Kurz.", aliases=["BITKOM e. V."], country="DE")


@pytest.fixture
def event():
    return make.EventFactory(title="Tagung", summary="Kurz.", languages=["de"], attendees=100)
