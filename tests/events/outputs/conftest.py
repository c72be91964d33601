import pytest

from tests.events.outputs import addresses


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = addresses.__name__
