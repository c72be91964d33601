"""`dev.py sbom`: what the product is made of, as CycloneDX 1.6 (JSON), for whoever keeps an inventory.

Names, versions and digests come from the requirement files, licences and what needs what from the packages as
they are installed.
"""

import argparse
import datetime as dt
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

from tools import pins
from tools.pins import Pin
from tools.state import CHECKOUT

Shape = dict[str, Any]
FORMAT = {"bomFormat": "CycloneDX", "specVersion": "1.6"}
SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"
# Of what use a package is to whoever runs the site.
SCOPES = {pins.PRODUCTION: "required", pins.POSTGRES: "optional", pins.DEVELOPMENT: "excluded"}
# Former classifiers by the names of SPDX; what stands in none is told in its own words.
CLASSIFIERS = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-3.0-or-later",
    "ISC License (ISCL)": "ISC",
}
# Names of SPDX that stand in the older field for free text.
KNOWN = {*CLASSIFIERS.values(), "BSD-2-Clause", "MIT-CMU", "LGPL-2.1-or-later", "OFL-1.1", "EUPL-1.2"}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py sbom", description=__doc__)
    parser.add_argument("--dev", action="store_true", help="what development needs, too")
    parser.add_argument("--output", type=Path, help="the file to write; without it to the terminal")
    options = parser.parse_args(arguments)
    names = list(SCOPES) if options.dev else [pins.PRODUCTION, pins.POSTGRES]
    told = document({name: pins.read(name) for name in names}, dt.datetime.now(dt.UTC))
    text = json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


def document(files: dict[str, list[Pin]], at: dt.datetime) -> Shape:
    """The whole inventory, of the pins of each requirement file; a package that stands in two counts once."""
    scopes: dict[str, str] = {}
    known: dict[str, Pin] = {}
    for name, found in files.items():
        for pin in found:
            scopes.setdefault(pin.name, SCOPES[name])
            known.setdefault(pin.name, pin)
    product = _product()
    parts = [component(pin, scopes[pin.name]) for _name, pin in sorted(known.items())]
    whole = json.dumps([product, parts], sort_keys=True)
    return {
        "$schema": SCHEMA,
        **FORMAT,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, whole)}",
        "version": 1,
        "metadata": {
            "timestamp": at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "lifecycles": [{"phase": "pre-build"}],
            "component": product,
        },
        "components": parts,
        "dependencies": dependencies(product, known),
    }


def _project() -> Shape:
    project: Shape = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    return project


def _product() -> Shape:
    project = _project()
    return {
        "type": "application",
        "bom-ref": f"{project['name']}@{project['version']}",
        "name": project["name"],
        "version": project["version"],
        "description": project["description"],
        "licenses": [{"license": {"id": project["license"]}}],
    }


def component(pin: Pin, scope: str) -> Shape:
    """One package; its digests are those of the files that pip may take, of which it takes one."""
    files = {
        "type": "distribution",
        "url": pin.purl,
        "comment": "One of these files is installed, by the machine's kind.",
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in pin.digests],
    }
    told: Shape = {
        "type": "library",
        "bom-ref": pin.purl,
        "name": pin.name,
        "version": pin.version,
        "scope": scope,
        "purl": pin.purl,
        "externalReferences": [files],
    }
    if found := _about(pin.name):
        told["description"] = found.get("Summary", "")
        told["licenses"] = licences(found)
    return told


def _about(name: str) -> Any:
    """What the installed package says of itself, None where it is not installed."""
    try:
        return metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None


def licences(about: Any) -> list[Shape]:
    """As CycloneDX has them: an expression of SPDX, else one of its names, else the package's own words."""
    expression = about.get("License-Expression")
    if expression:
        return [{"expression": expression}]
    classifiers = [
        one.rpartition(" :: ")[2] for one in about.get_all("Classifier", []) if "License ::" in one
    ]
    named = [CLASSIFIERS.get(one, one) for one in classifiers if one != "OSI Approved"]
    words = (about.get("License") or "").splitlines()[:1]
    told = named or [CLASSIFIERS.get(f"{one} License", one) for one in words if one]
    return [{"license": {"id": one} if one in KNOWN else {"name": one}} for one in dict.fromkeys(told)]


def dependencies(product: Shape, known: dict[str, Pin]) -> list[Shape]:
    """Who needs whom: the product what it declares, each package what it says and what is pinned."""
    wanted = names(_project()["dependencies"])
    rows = [{"ref": product["bom-ref"], "dependsOn": _refs(wanted, known)}]
    for name, pin in sorted(known.items()):
        about = _about(name)
        needs = names(about.get_all("Requires-Dist", []) if about else [])
        rows.append({"ref": pin.purl, "dependsOn": _refs(needs, known)})
    return rows


def names(wishes: Iterable[str]) -> set[str]:
    """Those of requirements (PEP 508), extras left out: a wish of an extra counts where it is pinned."""
    found = (re.match(r"[A-Za-z0-9._-]+", wish) for wish in wishes)
    return {re.sub(r"[-_.]+", "-", match[0]).lower() for match in found if match}


def _refs(wanted: set[str], known: dict[str, Pin]) -> list[str]:
    return sorted(known[name].purl for name in wanted if name in known)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
