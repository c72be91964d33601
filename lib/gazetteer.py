"""Towns and German postal codes with their positions, from the files in data/geography.

Both files hold a line for each name under which a place is asked for, in the order of these names. They stay
as lines and are searched by halving: a process pays for what it asks, not for what it could ask.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from lib import typos
from lib.german import fold
from lib.places import codes_of, country_name, state_name

FOLDER = Path(__file__).resolve().parent.parent / "data" / "geography"
# Nobody's town has a longer name, so nothing longer is looked for.
LONGEST = 100
MOST_OTHERS = 5


@dataclass(frozen=True)
class Place:
    """A town, or the area of a postal code. Degrees in WGS 84; `state` is ISO 3166-2 or empty."""

    german: str
    english: str
    state: str
    country: str
    latitude: float
    longitude: float
    population: int
    postal_code: str = ""

    @property
    def name(self) -> str:
        """What it is called in the active language: "Köln", "50667 Köln"."""
        name = self.english if get_language() == "en" else self.german
        return f"{self.postal_code} {name}" if self.postal_code else name

    @property
    def region(self) -> str:
        """The state, abroad the country, in the active language."""
        return state_name(self.state) if self.state.startswith("DE-") else country_name(self.country)

    @property
    def full_name(self) -> str:
        """What leads to this place and to none of the same name: "Neustadt, Thüringen", "50667"."""
        if self.postal_code:
            return self.postal_code
        return self.name if self.name == self.region else f"{self.name}, {self.region}"


def find(text: str) -> list[Place]:
    """The places that this may mean, the likeliest first: that is the most populous.

    Takes a German postal code, a town's name in German or English, with or without what tells it from its
    namesakes ("Frankfurt", "Frankfurt am Main", "Frankfurt/Oder"), its state or country behind a comma or in
    brackets, or the slug of a town. Empty for what is no place here. Costs less than a millisecond.
    """
    text = " ".join(text[: LONGEST + 1].split())
    if re.fullmatch(r"(D-?)?[0-9]{5}", text, re.ASCII):
        return [_of_code(line) for line in _lines("postal_codes.tsv", text[-5:])]
    if not text or len(text) > LONGEST:
        return []
    places = _named(text)
    if not places and (found := re.fullmatch(r"(.+?)(?:,\s*| \()([^,()]+)\)?", text)):
        name, codes = found[1], codes_of(found[2])
        if codes:
            return _in_region(name, codes)
    return places or _named(short(text))


def town(name: str, country: str, state: str = "") -> Place | None:
    """The town of that name in this country and, if it is told, in this state."""
    fitting = (
        one
        for one in find(name)
        if one.country == country and (not state or not one.state or one.state == state)
    )
    return next(fitting, None)


def alike(text: str) -> list[Place]:
    """Places whose names begin like this or are a slip of the finger away, the nearest and largest first."""
    wanted = key(text[: LONGEST + 1])
    if not 3 <= len(wanted) <= LONGEST:
        return []
    # One slip changes at most two letters, and sets of letters are compared fast.
    most, letters = typos.allowed(wanted), set(wanted)
    ranked: list[tuple[int, int, Place]] = []
    for line in _beginning("places.tsv", wanted[0]):
        name = line.partition("\t")[0]
        if name.startswith(wanted):
            apart = 0
        elif abs(len(name) - len(wanted)) <= most and len(letters ^ set(name)) <= 2 * most:
            apart = typos.distance(name, wanted, most)
        else:
            continue
        if apart <= most:
            place = _of_line(line)
            ranked.append((apart, -place.population, place))
    ranked.sort(key=lambda one: one[:2])
    return list(dict.fromkeys(place for _apart, _size, place in ranked))[:MOST_OTHERS]


def key(name: str) -> str:
    """The name as it is compared: letters and digits only, ä like ae and a, "St." like "Sankt"."""
    folded = re.sub(r"\b(st|skt)\b\.?", "sankt", fold(name))
    return re.sub(r"(?<=[aou])e", "", re.sub(r"[^a-z0-9]", "", folded))


def short(name: str) -> str:
    """The name without what tells a town from its namesakes: of "Halle (Saale)" and "Linz am Rhein"."""
    return re.split(_QUALIFIED, name, maxsplit=1)[0].strip()


_QUALIFIED = re.compile(
    r"\s*[(/,]|\s+(?:a[mn]|auf|beim?|im|in|ob|unter|vorm?|zum?)\s|\s+[abiv]\.", re.IGNORECASE
)


def _named(text: str) -> list[Place]:
    """Whose names are spelled like this; if there is none, whose names differ in ä and ae alone."""
    places = [_of_line(line) for line in _lines("places.tsv", key(text))]
    exact = [one for one in places if _is_spelled(one, text)]
    return _distinct(exact or places)


def _is_spelled(place: Place, text: str) -> bool:
    wanted = _letters(text)
    names = {place.german, place.english, short(place.german)}
    return any(wanted in (_letters(name), _letters(_umlauts(name))) for name in names)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(name))


def _umlauts(name: str) -> str:
    return re.sub("[äöüÄÖÜ]", lambda found: found[0] + "e", name)


def _in_region(name: str, codes: set[str]) -> list[Place]:
    """The places of a state or country; whose whole name it is comes first."""
    places = [one for one in _named(name) if one.state in codes or one.country in codes]
    return sorted(places, key=lambda one: name not in (one.german, one.english))


def _distinct(places: Iterable[Place]) -> list[Place]:
    """The most populous first; of two of one name in one state the larger."""
    found: dict[tuple[str, str], Place] = {}
    for one in sorted(places, key=lambda one: -one.population):
        found.setdefault((one.german, one.state or one.country), one)
    return list(found.values())


# -- the files ------------------------------------------------------------------------------------


def _lines(file: str, name: str) -> list[str]:
    """The lines that begin with this field."""
    return _beginning(file, f"{name}\t")


def _beginning(file: str, start: str) -> list[str]:
    lines = _read(file)
    return lines[bisect_left(lines, start) : bisect_left(lines, f"{start}\x7f")]


@cache
def _read(file: str) -> list[str]:
    return (FOLDER / file).read_text(encoding="utf-8").split("\n")[:-1]


def _of_line(line: str) -> Place:
    _key, german, english, state, country, latitude, longitude, population = line.split("\t")
    return Place(
        german, english or german, state, country, float(latitude), float(longitude), int(population)
    )


def _of_code(line: str) -> Place:
    code, name, state, latitude, longitude = line.split("\t")
    return Place(name, name, state, "DE", float(latitude), float(longitude), 0, postal_code=code)
