import stat

import pytest

from tools import state
from tools.terminal import Problem


def test_the_editors_password_is_random_and_for_the_owner_only(home):
    path = state.editor_password_file(home)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_text().strip()) >= 20


def test_secrets_are_made_once(home):
    first = state.secret_key(home)
    assert state.secret_key(home) == first
    assert len(first) >= 50
    assert stat.S_IMODE((home / "secret-key").stat().st_mode) == 0o600


def test_an_unusable_folder_is_named_with_a_remedy(monkeypatch, tmp_path):
    occupied = tmp_path / "file"
    occupied.touch()
    monkeypatch.setenv("KONGRESSATLAS_STATE", str(occupied))
    with pytest.raises(Problem) as caught:
        state.folder()
    assert str(occupied) in caught.value.wrong
    assert "KONGRESSATLAS_STATE" in caught.value.remedy
