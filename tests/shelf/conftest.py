import pytest

from shelf import serving


@pytest.fixture
def shelf(settings):
    """Switched on, and empty."""
    settings.PAGE_CACHE_MEGABYTES = 8
    serving.forget()
    yield serving
    serving.forget()
