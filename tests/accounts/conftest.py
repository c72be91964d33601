import pytest
from django.db import transaction


@pytest.fixture
def commits_at_once(monkeypatch):
    """A test's transaction never commits; what waits for that runs within the request all the same."""
    monkeypatch.setattr(transaction, "on_commit", lambda do, **_words: do())
