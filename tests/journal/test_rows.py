"""What is made of rows is kept for their versions: an edit elsewhere leaves it alone."""

import pytest

from journal import rows
from journal.rows import KeptByRow


class Table:
    """Rows by keys, each with a version, and what has been asked of them."""

    def __init__(self, **versions):
        self.versions = {int(key[1:]): version for key, version in versions.items()}
        self.asked, self.made = [], []

    def ask(self, keys):
        self.asked.append(sorted(keys))
        return {key: self.versions[key] for key in keys if key in self.versions}

    def make(self, keys):
        self.made.append(sorted(keys))
        return {
            key: (self.versions[key], f"{key}/{self.versions[key]}") for key in keys if key in self.versions
        }


@pytest.fixture
def table():
    return Table(_1="a", _2="a", _3="a")


@pytest.fixture
def kept(table):
    return KeptByRow(table.ask, table.make, most=3)


@pytest.fixture
def at(monkeypatch):
    """Sets the state of the catalogue."""
    return lambda state: monkeypatch.setattr(rows, "state", lambda: state)


def test_nothing_is_asked_twice_in_one_state(table, kept, at):
    at("first")
    assert kept.many([2, 1]) == kept.many([2, 1]) == {2: "2/a", 1: "1/a"}
    assert list(kept.many([2, 1])) == [2, 1]
    assert (table.asked, table.made) == ([], [[1, 2]])


def test_after_an_edit_only_what_it_changed_is_made_anew(table, kept, at):
    at("first")
    kept.many([1, 2])
    at("second")
    table.versions[2] = "b"
    assert kept.many([1, 2, 3]) == {1: "1/a", 2: "2/b", 3: "3/a"}
    assert (table.asked, table.made) == ([[1, 2]], [[1, 2], [2, 3]])
    kept.many([1, 2, 3])
    assert len(table.asked) == 1


def test_what_is_gone_is_not_told(table, kept, at):
    at("first")
    kept.many([1])
    at("second")
    del table.versions[1]
    assert kept.many([1]) == {}


def test_nothing_is_kept_while_a_transaction_has_changed_something(table, kept, at):
    at(None)
    assert kept.many([1]) == kept.many([1]) == {1: "1/a"}
    assert table.made == [[1], [1]]


def test_kinds_are_told_apart_and_the_oldest_go_first(table, kept, at):
    at("first")
    kept.many([1, 2], "de")
    kept.many([1, 2], "en")
    kept.many([2], "de")
    kept.many([1], "de")
    assert table.made == [[1, 2], [1, 2], [1]]
    kept.forget()
    kept.many([1], "de")
    assert table.made[-1] == [1]
