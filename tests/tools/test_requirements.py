import re
import tomllib

import pytest

from tools.state import CHECKOUT

FILES = ["requirements.txt", "requirements-dev.txt", "requirements-postgres.txt"]
# Two more than the house set itself: spreadsheets, as pyproject.toml says, and what counts very many events.
RUNTIME_BUDGET = 20


def pins(name):
    """{package: line with its hashes} of a requirement file."""
    text = (CHECKOUT / name).read_text().replace("\\\n", " ")
    return {line.split("==")[0]: line for line in text.splitlines() if line.strip()}


def without_condition(line):
    """A package may be needed on fewer Pythons in production than in development."""
    return re.sub(r" ; .*?(?= --hash)", "", line).split()


def declared():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    names = [re.split(r"[\[<>=!~]", wish)[0] for wish in project["project"]["dependencies"]]
    return [name.lower() for name in names]


@pytest.mark.parametrize("name", FILES)
def test_every_package_is_pinned_by_hash(name):
    assert pins(name)
    for line in pins(name).values():
        assert re.match(r"[a-z0-9-]+==[\w.]+ ", line)
        assert "--hash=sha256:" in line


@pytest.mark.parametrize("name", FILES)
def test_no_host_is_named(name):
    text = (CHECKOUT / name).read_text()
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_what_is_declared_is_pinned():
    assert set(declared()) <= set(pins("requirements.txt"))


def test_development_has_the_very_versions_of_production():
    development = pins("requirements-dev.txt")
    for name, line in pins("requirements.txt").items():
        assert without_condition(development[name]) == without_condition(line)


def test_the_newer_driver_is_not_there_to_be_preferred():
    assert "psycopg" not in pins("requirements-dev.txt")


def test_dependencies_stay_few_and_have_reasons():
    text = (CHECKOUT / "pyproject.toml").read_text()
    listed = text.split("\ndependencies = [\n")[1].split("\n]\n")[0].splitlines()
    assert len(listed) == len(declared()) <= RUNTIME_BUDGET
    assert all(re.search(r'",\s+# \S', line) for line in listed)
