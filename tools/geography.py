"""Makes data/geography/*.tsv: `python3 -m tools.geography --places FILE --postal-codes FILE`.

Reads two unpacked packages, which data/geography/README.md names: GeoNames' towns as `cities500.json` and its
postal codes as a table. Rows say what the source says; names.tsv, written by hand, gives the German names of
towns that the source names in another language.
"""

import argparse
import csv
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from lib.gazetteer import FOLDER, key, short
from tools.terminal import Problem, step, tell_problem

NEIGHBOURS = ("BE", "NL", "DK", "PL", "CZ", "FR")
EUROPE = (
    "AL", "BA", "BG", "CY", "EE", "ES", "FI", "GB", "GR", "HR", "HU", "IE", "IS", "IT", "LT", "LV", "MD",
    "ME", "MK", "MT", "NO", "PT", "RO", "RS", "SE", "SI", "SK", "UA", "XK",
)  # fmt: skip
# From how many inhabitants on a place is listed, by country; elsewhere only towns of the world.
SMALLEST = {
    **dict.fromkeys(("DE", "LI"), 500),
    **dict.fromkeys(("AT", "CH", "LU"), 1_000),
    **dict.fromkeys(NEIGHBOURS, 15_000),
    **dict.fromkeys(EUROPE, 100_000),
}
SMALLEST_ELSEWHERE = 1_000_000
# Within so many kilometres two entries of one name are one town.
SAME_TOWN = 15
STATES = {
    "DE": dict(
        zip(
            (f"{number:02}" for number in range(1, 17)),
            ["BW", "BY", "HB", "HH", "HE", "NI", "NW", "RP", "SL", "SH", "BB", "MV", "SN", "ST", "TH", "BE"],
            strict=True,
        )
    ),
    "AT": {f"{number:02}": str(number) for number in range(1, 10)},
}
POSTAL_FIELDS = (
    "country", "code", "name", "state name", "state", "county", "county code", "community", "community code",
    "latitude", "longitude", "accuracy",
)  # fmt: skip
KEPT_CODES = ("CH", "BE")  # their codes in the source are those of ISO 3166-2
# Parts of a town that the source lists like towns: "Paris 15 Vaugirard", "Berlin Köpenick".
PARTS = re.compile(r"\b\d|^Berlin |^Pest$|^Buda$|/(Nord|Süd|Ost|West)$")
HONORARY = re.compile(r"^(Universitäts- und |Barlachstadt |Lutherstadt |Hansestadt )+")


class Town(NamedTuple):
    german: str
    english: str
    state: str
    country: str
    latitude: float
    longitude: float
    population: int
    others: tuple[str, ...] = ()

    @property
    def keys(self) -> set[str]:
        """All that leads here: each name, and without what tells it from its namesakes."""
        names = {self.german, self.english, *self.others}
        return {key(name) for name in {*names, *map(short, names), *map(_plain, names)}} - {""}


def towns(source: Path, names: Path) -> list[Town]:
    """The towns of the source that are large enough, the larger first, each once."""
    known = _names(names)
    rows = sorted(json.loads(source.read_text()).values(), key=lambda row: -row["population"])
    found: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for row in rows:
        given = known.pop((row["countrycode"], row["name"]), None)
        if PARTS.search(row["name"]) or (_is_small(row) and not given):
            continue
        town = _town(row, given or _unnamed(row))
        same = found[town.german, town.state or town.country]
        if not any(_apart(town, other) < SAME_TOWN for other in same):
            same.append(town)
    if known:
        raise Problem(
            f"names.tsv names what the source has not: {sorted(known)}.", "Correct the names there."
        )
    return [town for same in found.values() for town in same]


def postal_codes(source: Path, known: Iterable[Town]) -> Iterator[tuple[str, str, str, float, float]]:
    """(code, town, state, latitude, longitude) of the German codes: the middle of the places that have it."""
    sizes: dict[tuple[str, str], int] = defaultdict(int)
    for town in known:
        sizes[town.german, town.state] = max(town.population, sizes[town.german, town.state])
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with source.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, POSTAL_FIELDS, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["country"] == "DE":
                rows[row["code"]].append(row)
    for code, places in rows.items():
        state = f"DE-{places[0]['state']}"
        # The largest town of the code names it; among villages the first in the alphabet.
        name = max(
            (place["name"] for place in places), key=lambda one: (sizes.get((one, state), 0), -len(one))
        )
        middle = (fmean(float(place[side]) for place in places) for side in ("latitude", "longitude"))
        yield (code, name, state, *middle)  # type: ignore[misc]


def _names(file: Path) -> dict[tuple[str, str], tuple[str, str, tuple[str, ...]]]:
    """{(country, name in the source): (German, English, further names)}."""
    rows = [line.split("\t") for line in file.read_text().splitlines() if not line.startswith("#")]
    return {
        (row[0], row[1]): (row[2], row[3], tuple(row[4].split("|")) if len(row) > 4 else ()) for row in rows
    }


def _unnamed(row: dict[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    name = HONORARY.sub("", row["name"])
    return name, name, ()


def _is_small(row: dict[str, Any]) -> bool:
    return bool(row["population"] < SMALLEST.get(row["countrycode"], SMALLEST_ELSEWHERE))


def _town(row: dict[str, Any], names: tuple[str, str, tuple[str, ...]]) -> Town:
    german, english, others = names
    country, code = row["countrycode"], row["admin1code"]
    state = STATES.get(country, {}).get(code, code if country in KEPT_CODES else "")
    # "Halle" has "Halle (Westfalen)" among its names in the languages of the world.
    longer = {
        name for name in row["alternatenames"] if short(name) in (german, short(german)) and len(name) < 40
    }
    return Town(
        german,
        english,
        f"{country}-{state}" if state else "",
        country,
        row["latitude"],
        row["longitude"],
        row["population"],
        (*others, row["name"], *sorted(longer)),
    )


def _plain(name: str) -> str:
    """ "Frankfurt am Main" as in "Frankfurt/Main"."""
    return re.sub(r"\b(am|an|auf|bei|der|dem|den|im|in|ob|vor)\b", " ", name)


def _apart(one: Town, other: Town) -> float:
    """Kilometres, near enough for small distances."""
    east = (one.longitude - other.longitude) * math.cos(math.radians(one.latitude))
    return 111.2 * math.hypot(one.latitude - other.latitude, east)


def place_lines(known: Iterable[Town]) -> list[str]:
    lines = []
    for town in known:
        english = town.english if town.english != town.german else ""
        middle = f"{town.latitude:.3f}\t{town.longitude:.3f}"
        told = "\t".join((town.german, english, town.state, town.country, middle, str(town.population)))
        lines += [f"{name}\t{told}" for name in town.keys]
    return sorted(lines)


def code_lines(codes: Iterable[tuple[str, str, str, float, float]]) -> list[str]:
    return sorted(
        f"{code}\t{name}\t{state}\t{north:.3f}\t{east:.3f}" for code, name, state, north, east in codes
    )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python3 -m tools.geography", description=__doc__)
    parser.add_argument("--places", type=Path, required=True, help="cities500.json")
    parser.add_argument("--postal-codes", type=Path, required=True, help="the table of postal codes")
    parser.add_argument("--into", type=Path, default=FOLDER, help="the folder to write to")
    options = parser.parse_args(arguments)
    try:
        with step("Choosing the towns"):
            known = towns(options.places, FOLDER / "names.tsv")
            _write(options.into / "places.tsv", place_lines(known))
        with step("Placing the postal codes"):
            _write(options.into / "postal_codes.tsv", code_lines(postal_codes(options.postal_codes, known)))
    except Problem as problem:
        tell_problem(problem)
        return 1
    return 0


def _write(file: Path, lines: list[str]) -> None:
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
