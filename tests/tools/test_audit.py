"""The audit says what is known, and fails where nothing can be known."""

import datetime as dt
import json

import pytest

from tools import audit, pins

TODAY = dt.date(2027, 3, 1)


def service(**known):
    """Answers as OSV.dev does: for each package the advisories that are known of it."""

    def ask(body):
        asked = [one["package"]["purl"] for one in json.loads(body)["queries"]]
        names = [known.get(purl.split("/")[1].split("@")[0].replace("-", "_"), []) for purl in asked]
        return json.dumps(
            {"results": [{"vulns": [{"id": one} for one in ids]} if ids else {} for ids in names]}
        )

    return lambda body: ask(body).encode()


def test_nothing_known_is_success(capsys):
    assert audit.main([], service(), TODAY) == audit.CLEAN
    count = len({*pins.read(pins.PRODUCTION), *pins.read(pins.POSTGRES)})
    assert f"{count} packages asked for, 0 weaknesses" in capsys.readouterr().err


def test_what_is_known_is_named_with_its_address(capsys):
    assert audit.main([], service(django=["PYSEC-2027-1"]), TODAY) == audit.FOUND
    told = capsys.readouterr().err
    assert "pkg:pypi/django@" in told
    assert "https://osv.dev/vulnerability/PYSEC-2027-1" in told


def test_what_development_needs_is_asked_for_when_wanted():
    weak = service(pytest=["PYSEC-2027-2"])
    assert audit.main([], weak, TODAY) == audit.CLEAN
    assert audit.main(["--dev"], weak, TODAY) == audit.FOUND


def test_what_was_agreed_on_is_shown_and_does_not_count(monkeypatch, capsys):
    monkeypatch.setattr(audit, "accepted", lambda today: {"PYSEC-2027-1": "never called here"})
    assert audit.main([], service(django=["PYSEC-2027-1"]), TODAY) == audit.CLEAN
    assert "(agreed: never called here)" in capsys.readouterr().err


def test_an_agreement_ends(monkeypatch, tmp_path):
    text = '[[tool.kongressatlas.advisories]]\nid = "A"\nwhy = "b"\nuntil = 2027-03-01\n'
    (tmp_path / "pyproject.toml").write_text(text)
    monkeypatch.setattr(audit, "CHECKOUT", tmp_path)
    assert audit.accepted(TODAY) == {"A": "b"}
    assert audit.accepted(TODAY + dt.timedelta(days=1)) == {}


def refused(body):
    raise OSError("no way there")


@pytest.mark.parametrize(
    "answer", [refused, lambda body: b"<html>", lambda body: b"[]", lambda body: b'{"results": []}']
)
def test_who_cannot_ask_does_not_say_all_is_well(answer, capsys):
    assert audit.main([], answer, TODAY) == audit.UNKNOWN
    told = capsys.readouterr().err
    assert "nothing is known" in told
    assert "What to do" in told


def test_only_the_web_is_asked(capsys):
    assert audit.main(["--service", "file:///etc/passwd"]) == audit.UNKNOWN
