import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english():
    """Reasons are compared with the sources' own words."""
    with translation.override("en"):
        yield
