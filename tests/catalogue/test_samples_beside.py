"""Samples among entries that were there before."""

import pytest
from django.conf import settings

from catalogue import samples
from catalogue.dumping import dump
from catalogue.schema import SECTIONS
from events.models import Topic
from tests.catalogue.files import load
from tests.factories import TODAY, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _allowed(settings):
    settings.SAMPLES_ALLOWED = True


def test_all_nouns_are_marked_as_samples_except_shared_topics():
    TopicFactory(slug="ki", name_de="Künstliche Intelligenz")
    samples.load(TODAY)
    for section in SECTIONS:
        real = section.model.objects.filter(is_sample=False).values_list("slug", flat=True)
        assert list(real) == (["ki"] if section.name == "topics" else [])
    assert Topic.objects.get(slug="ki").event_links.exists()
    assert not Topic.objects.filter(slug="beispiel-ki").exists()


def test_samples_load_beside_the_real_catalogue_and_leave_its_dump_as_it_is():
    path = settings.BASE_DIR / "data" / "catalogue.json"
    load(path.read_bytes())
    samples.load(TODAY)
    assert dump().encode() == path.read_bytes()
    assert not Topic.objects.filter(is_sample=True).exists()
