"""A copy of advisories says the same as OSV.dev would, and nothing where it cannot be read."""

import datetime as dt
import json
import zipfile

import pytest

from tools import advisories, audit, pins
from tools.pins import Pin
from tools.terminal import Problem

TODAY = dt.date(2027, 3, 1)
ASKED = [Pin("django", "5.2.19", ()), Pin("et-xmlfile", "2.0.0", ())]
EVERY = [{"introduced": "0"}]


def entry(*events, name="Django", ecosystem="PyPI", kind="ECOSYSTEM", versions=None):
    """One of an advisory's `affected`."""
    told = {"package": {"name": name, "ecosystem": ecosystem}, "versions": versions or []}
    return told | ({"ranges": [{"type": kind, "events": list(events)}]} if events else {})


def advisory(*affected, name="PYSEC-2027-1", **more):
    told = {"id": name, "modified": "2027-02-20T10:00:00.123456Z", "affected": list(affected)}
    return told | {"aliases": ["CVE-2027-1"]} | more


def copy_of(folder, *told):
    for one in told:
        (folder / f"{one['id']}.json").write_text(json.dumps(one))
    return folder


def found(place):
    return {purl: [one.name for one in all_] for purl, all_ in advisories.read(place, ASKED).known.items()}


@pytest.mark.parametrize(
    ("version", "events", "wanted"),
    [
        ("5.2.18", [{"introduced": "5.2"}, {"fixed": "5.2.19"}], True),
        ("5.2.19", [{"introduced": "5.2"}, {"fixed": "5.2.19"}], False),
        ("5.2", [{"introduced": "5.2"}, {"fixed": "5.2.19"}], True),
        ("5.1.9", [{"introduced": "5.2"}, {"fixed": "5.2.19"}], False),
        ("5.2.19", [{"introduced": "0"}, {"last_affected": "5.2.19"}], True),
        ("5.2.20", [{"introduced": "0"}, {"last_affected": "5.2.19"}], False),
        ("5.2.19.post1", [{"introduced": "0"}, {"last_affected": "5.2.19"}], False),
        ("99", EVERY, True),
        ("0.dev1", EVERY, True),
        # 5.10 is behind 5.9, and pre-releases are before what they lead to.
        ("5.10", [{"introduced": "5.9"}, {"fixed": "5.11"}], True),
        ("5.2rc1", [{"introduced": "5.2"}], False),
        ("5.2rc1", [{"introduced": "5.2a1"}, {"fixed": "5.2"}], True),
        ("5.2rc1", [{"introduced": "5.1"}, {"fixed": "5.2rc1"}], False),
        # Several spans, in whatever order they are told.
        (
            "4.5",
            [{"fixed": "4.2.9"}, {"introduced": "5.0"}, {"introduced": "4.2"}, {"fixed": "5.0.3"}],
            False,
        ),
        (
            "5.0.1",
            [{"fixed": "4.2.9"}, {"introduced": "5.0"}, {"introduced": "4.2"}, {"fixed": "5.0.3"}],
            True,
        ),
        ("2.0", [{"introduced": "1.0"}, {"fixed": "2.0"}, {"introduced": "2.0"}, {"fixed": "3.0"}], True),
        ("1.0", [{"last_affected": "1.0"}, {"introduced": "1.0"}], True),
        ("1.0.1", [{"last_affected": "1.0"}, {"introduced": "1.0"}], False),
        ("5.2.1", [{"introduced": "5.2"}, {"fixed": "5.2.1.0"}, {"limit": "*"}], False),
    ],
)
def test_ranges_begin_and_end_where_they_say(version, events, wanted):
    assert advisories.concerns(version, entry(*events)) is wanted


def test_versions_are_named_one_by_one_too():
    named = entry(versions=["5.2.0", "0.96-beta-old", "5.2.19"])
    assert advisories.concerns("5.2", named)
    assert advisories.concerns("5.2.19", named)
    assert not advisories.concerns("5.2.1", named)
    assert advisories.concerns("5.3", entry({"introduced": "5.3"}, versions=["5.2"]))


def test_commits_say_nothing_of_releases_and_no_versions_at_all_mean_any():
    commits = [{"introduced": "0"}, {"fixed": "0123abc"}]
    assert not advisories.concerns("5.2", entry(*commits, kind="GIT", versions=["5.1"]))
    assert advisories.concerns("5.2", entry(*commits, kind="GIT"))
    assert advisories.concerns("5.2", entry())


def test_a_package_is_found_by_whichever_way_to_write_its_name(tmp_path):
    told = [
        advisory(entry(*EVERY, name="Et_XMLfile"), name="GHSA-1"),
        advisory(entry(*EVERY, ecosystem="npm"), name="GHSA-2"),
        advisory(entry(*EVERY), entry(*EVERY, versions=["5.2"]), name="GHSA-3"),
        advisory(entry(*EVERY), name="GHSA-4", withdrawn="2027-01-01T00:00:00Z"),
        advisory(entry(*EVERY, name="other"), name="GHSA-5", modified="2027-02-27T10:00:00Z"),
    ]
    place = copy_of(tmp_path, *told)
    assert found(place) == {"pkg:pypi/et-xmlfile@2.0.0": ["GHSA-1"], "pkg:pypi/django@5.2.19": ["GHSA-3"]}
    read = advisories.read(place, ASKED)
    assert (read.count, read.newest) == (4, dt.date(2027, 2, 27))


def test_yaml_keeps_versions_as_they_are_written(tmp_path):
    text = (
        "id: PYSEC-2027-2\nmodified: 2027-02-20T10:00:00Z\nwithdrawn: null\naffected:\n- package:\n"
        "    name: django\n    ecosystem: PyPI\n  ranges:\n  - type: ECOSYSTEM\n    events:\n"
        "    - introduced: 5.10\n  versions:\n  - 5.2.19\n"
    )
    folder = tmp_path / "django"
    folder.mkdir()
    (folder / "PYSEC-2027-2.yaml").write_text(text)
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "ci.yml").write_text("on: push")
    assert found(tmp_path) == {"pkg:pypi/django@5.2.19": ["PYSEC-2027-2"]}
    (folder / "PYSEC-2027-2.yaml").write_text(text.replace("  - 5.2.19\n", "  - 5.1\n"))
    assert found(tmp_path) == {}


def zipped(path, *members, way=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", way) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def test_a_zip_is_read_like_a_folder(tmp_path):
    told = json.dumps(advisory(entry(*EVERY)))
    assert found(zipped(tmp_path / "all.zip", ("PYSEC-2027-1.json", told), ("README.md", "#"))) == {
        "pkg:pypi/django@5.2.19": ["PYSEC-2027-1"]
    }


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        "[" * 200_000,
        '{"id": "A"}',
        '{"id": 7, "modified": "2027-02-20"}',
        '{"id": "A", "modified": "yesterday"}',
        json.dumps(advisory("django")),
        json.dumps(advisory(entry(*EVERY), aliases="CVE-1")),
        json.dumps(advisory(entry(*EVERY) | {"versions": "5.2.19"})),
        json.dumps(advisory(entry({"introduced": "everything"}))),
        json.dumps(advisory(entry({"fixed": "5.2"}))),
        json.dumps(advisory(entry({"introduced": "0"}, {"mended": "5.2"}))),
        json.dumps(advisory({"package": {"ecosystem": "PyPI"}})),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path, content):
    copy_of(tmp_path, advisory(entry(*EVERY)))
    (tmp_path / "broken.json").write_text(content)
    with pytest.raises(Problem, match=r"broken\.json is no advisory"):
        found(tmp_path)


def test_a_zip_that_is_damaged_or_packed_otherwise_is_named(tmp_path):
    (tmp_path / "none.zip").write_bytes(b"<html>")
    with pytest.raises(Problem, match=r"none\.zip"):
        found(tmp_path / "none.zip")
    whole = zipped(tmp_path / "all.zip", ("A.json", "x" * 1000), way=zipfile.ZIP_STORED)
    whole.write_bytes(whole.read_bytes().replace(b"xxx", b"yyy", 1))
    with pytest.raises(Problem, match=r"A\.json .*CRC"):
        found(whole)
    with pytest.raises(Problem, match=r"A\.json .*another way"):
        found(zipped(tmp_path / "odd.zip", ("A.json", "{}"), way=zipfile.ZIP_BZIP2))


def test_nothing_larger_is_unpacked_than_advisories_are(tmp_path, monkeypatch):
    huge = zipped(tmp_path / "huge.zip", ("A.json", b" " * (advisories.MOST_BYTES_EACH + 1)))
    assert huge.stat().st_size < 10_000
    with pytest.raises(Problem, match=r"A\.json is larger than 5,000,000 bytes"):
        found(huge)
    monkeypatch.setattr(advisories, "MOST_FILES", 2)
    copy_of(tmp_path, *[advisory(entry(*EVERY), name=f"A-{number}") for number in range(3)])
    with pytest.raises(Problem, match="more than 2 files"):
        found(tmp_path)
    monkeypatch.setattr(advisories, "MOST_FILES", 3)
    monkeypatch.setattr(advisories, "MOST_BYTES", 300)
    with pytest.raises(Problem, match="or 300 bytes"):
        found(tmp_path)


def told_of_django(folder, **more):
    version = next(pin.version for pin in pins.read(pins.PRODUCTION) if pin.name == "django")
    return copy_of(folder, advisory(entry(versions=[version]), **more))


def test_the_command_tells_names_aliases_and_the_age_of_the_copy(tmp_path, capsys):
    place = told_of_django(tmp_path)
    assert audit.main(["--advisories", str(place)], today=TODAY) == audit.FOUND
    told = capsys.readouterr().err
    assert "1 advisories for PyPI read, the newest changed on 2027-02-20." in told
    assert "https://osv.dev/vulnerability/PYSEC-2027-1 (also CVE-2027-1)" in told
    assert "days ago" not in told


def test_a_copy_is_old_after_thirty_days(tmp_path, capsys):
    place = copy_of(tmp_path, advisory(entry(*EVERY, name="other")))
    assert audit.main(["--advisories", str(place)], today=dt.date(2027, 3, 22)) == audit.CLEAN
    assert "days ago" not in capsys.readouterr().err
    assert audit.main(["--advisories", str(place)], today=dt.date(2027, 3, 23)) == audit.CLEAN
    assert "That is 31 days ago" in capsys.readouterr().err


def test_what_was_agreed_on_does_not_count_in_a_copy_either(tmp_path, monkeypatch):
    monkeypatch.setattr(audit, "accepted", lambda today: {"PYSEC-2027-1": "never called here"})
    assert audit.main(["--advisories", str(told_of_django(tmp_path))], today=TODAY) == audit.CLEAN


@pytest.mark.parametrize("told", [[], [advisory(entry(*EVERY, ecosystem="npm"))]])
def test_a_copy_without_advisories_for_python_says_nothing(tmp_path, capsys, told):
    assert audit.main(["--advisories", str(copy_of(tmp_path, *told))], today=TODAY) == audit.UNKNOWN
    assert audit.main(["--advisories", str(tmp_path / "missing.zip")], today=TODAY) == audit.UNKNOWN
    assert capsys.readouterr().err.count("nothing is known") == 2
