import json
import os
import shutil
import sys

import pytest

from tools import environment
from tools.terminal import Problem


@pytest.fixture
def stamped(tmp_path, monkeypatch):
    """An environment in which exactly these requirement files were installed."""
    monkeypatch.setattr(environment, "STAMP", tmp_path / "installed.json")
    monkeypatch.delenv("DATABASE_URL", raising=False)

    def stamp(*names, python=sys.version):
        files = {name: environment.digest(name) for name in names}
        environment.STAMP.write_text(json.dumps({"python": python, "files": files}))

    return stamp


def test_what_is_installed_is_not_installed_again(stamped):
    stamped("requirements.txt", "requirements-postgres.txt")
    assert environment.is_current(environment.wanted_files(development=False))
    assert not environment.is_current(environment.wanted_files(development=True))


def test_development_holds_all_that_production_needs(stamped):
    stamped("requirements-dev.txt", "requirements-postgres.txt")
    assert environment.is_current(environment.wanted_files(development=False))


def test_changed_requirements_are_noticed(stamped, monkeypatch, tmp_path):
    stamped("requirements.txt", "requirements-postgres.txt")
    for path in environment.state.CHECKOUT.glob("requirements*.txt"):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(environment.state, "CHECKOUT", tmp_path)
    assert environment.is_current(["requirements.txt"])
    with (tmp_path / "requirements.txt").open("a") as file:
        file.write("# one more\n")
    assert not environment.is_current(["requirements.txt"])


def test_another_python_starts_anew(stamped):
    stamped("requirements.txt", "requirements-postgres.txt", python="3.99")
    assert environment.installed() == {}


def test_an_operators_database_needs_no_postgres_of_ours(stamped, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://user@db.example.org/name")
    assert environment.wanted_files(development=False) == ["requirements.txt"]


def test_a_python_without_its_venv_parts_is_told_what_to_install(stamped, monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(Problem) as caught:
        environment.make_venv()
    assert "apt-get install python3." in caught.value.remedy


def test_the_compiled_messages_follow_the_written_ones(tmp_path, monkeypatch):
    written, compiled = tmp_path / "django.po", tmp_path / "django.mo"
    monkeypatch.setattr(environment, "PO", written)
    monkeypatch.setattr(environment, "MO", compiled)
    environment.compile_messages()
    written.write_text("")
    compiled.write_text("made later")
    os.utime(written, (1, 1))
    environment.compile_messages()
    assert compiled.read_text() == "made later"


def test_what_python_compiles_is_kept_where_it_disturbs_nobody(monkeypatch, tmp_path):
    monkeypatch.setenv("KONGRESSATLAS_STATE", str(tmp_path))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(os, "environ", {**os.environ})
    os.environ.pop("PYTHONPYCACHEPREFIX", None)
    environment.keep_compiled()
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
    assert os.environ["PYTHONPYCACHEPREFIX"] == str(tmp_path / "compiled")


def test_who_lets_python_write_is_left_alone(monkeypatch):
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    environment.keep_compiled()
    assert "PYTHONPYCACHEPREFIX" not in os.environ
