import pytest

from shelf import serving, shared


@pytest.fixture
def shelf(settings):
    """Switched on, and empty."""
    settings.PAGE_CACHE_MEGABYTES = 8
    serving.forget()
    shared.rest(0)
    yield serving
    serving.forget()
    shared.rest(0)
