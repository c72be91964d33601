"""What reads files and texts of others refuses what is damaged, in words for people."""

import io
import subprocess
import zipfile
from random import Random

import pytest

from catalogue.tables import files
from catalogue.tables.grids import UnreadableError
from tools.fuzz import watched
from tools.fuzz.parsers import Parser, attack, damaged, parsers

ALL = parsers()


@pytest.mark.parametrize("name", ALL)
def test_damaged_input_is_refused_or_read(name):
    assert list(attack(name, ALL[name], 60 if ALL[name].is_quick else 4, seed=3)) == []


@pytest.mark.parametrize("seed", ALL["exchange file"].seeds)
def test_an_exchange_file_is_whole_before_it_is_damaged(seed):
    assert ALL["exchange file"].read(seed) == []


def test_a_place_in_a_list_is_whole_before_it_is_damaged():
    (seed,) = ALL["cursors"].seeds
    assert ALL["cursors"].read(seed)[1] == ["Tag", 7]


def packed(**members):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in members.items():
            container.writestr(f"{name}.xml", content)
    return made.getvalue()


@pytest.mark.parametrize("place", [-6, -10])
def test_a_workbook_whose_table_of_contents_lies_elsewhere_is_damaged(place):
    content = bytearray(packed(sheet="<a/>"))
    content[place:place] = b"xxxx"
    with pytest.raises(UnreadableError, match=r"damaged|beschädigt"):
        files.read(bytes(content))


def test_a_workbook_with_a_part_that_cannot_be_unpacked_is_damaged():
    content = bytearray(packed(sheet="<a>" + "b" * 400 + "</a>"))
    start = 30 + len("sheet.xml")
    content[start] = 0x07
    with pytest.raises(UnreadableError, match=r"damaged|beschädigt"):
        files.read(bytes(content))


def test_the_attack_tells_what_it_finds():
    def read(content):
        raise KeyError("inside")

    (line,) = attack("one", Parser(read, [b"seed"]), 1, seed=1)
    assert "KeyError" in line
    assert list(attack("one", Parser(read, [b"seed"], (KeyError,)), 1, seed=1)) == []


def test_the_same_seed_damages_alike():
    first, again = ([damaged(b"some bytes", Random(n)) for n in range(30)] for _ in range(2))  # noqa: S311
    assert first == again
    assert len(set(first)) > 15


def test_without_the_watching_fuzzer_nothing_is_said_to_be_fine(monkeypatch, capsys):
    monkeypatch.setattr(watched, "find_spec", lambda name: None)
    assert watched.all_parsers(1) == watched.UNKNOWN
    assert "pip install atheris" in capsys.readouterr().err


@pytest.mark.parametrize(("status", "told"), [(0, "nothing found"), (77, "FOUND")])
def test_the_watching_fuzzer_is_believed_by_its_status(status, told, monkeypatch, capsys):
    monkeypatch.setattr(watched, "find_spec", lambda name: True)
    said = subprocess.CompletedProcess([], status, "", "#2 INITED cov: 3 ft: 3\n#9 DONE   cov: 7 ft: 8\n")
    monkeypatch.setattr(watched.subprocess, "run", lambda *words, **more: said)
    assert watched.all_parsers(1) == (1 if status else 0)
    assert f"dates: #9 DONE cov: 7, {told}" in capsys.readouterr().err
