import pytest


@pytest.fixture(autouse=True)
def _editor(admin_user):
    """Somebody to edit."""
