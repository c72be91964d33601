"""German compounds taken apart: Verwaltungsdigitalisierung is Verwaltung and Digitalisierung.

Which parts are real the caller says, from the words of the catalogue itself. A part of a word counts only
if its stem
stands in it letter by letter: whoever learns a new word therefore knows which others may split anew, those
that
contain it.
"""

from collections.abc import Container, Iterator
from functools import lru_cache

from lib.stems import stem
from lib.words import STOP_WORDS

SHORTEST_PART = 4
# Shorter than that only these: others would be found in every word.
_SHORT_PARTS = frozenset(
    ("it", "ki", "eu", "ozg", "amt", "rat", "tag", "id", "eid", "gov", "net", "app", "vhs", "kfz")
)
_SHORTEST_COMPOUND = 7
# Letters that a form may have beyond its stem.
_LONGEST_INFLECTION = 7
_LINKS = ("", "s", "es", "n", "en", "er", "e", "ns")
# No words: endings that look like one.
_ENDING_WORDS = """
schaft heit keit tion ation isch rische rischen rischer lich ungs ling haft ieren ierung isier barkeit
losigkeit stand wesen ende enden ender endes inne innen
"""
_ENDINGS = frozenset(_ENDING_WORDS.split())
# What everybody takes for one word, though it is made of two.
_WHOLE_WORDS = """
burgermeister oberburgermeister landkreis landkreistag landrat landrate landtag bundestag bundesrat
stadtrat gemeinderat stadtetag gemeindetag gemeindebund hochschule bundesland hauptstadt digitaltag
workshop webinar wettbewerb network netzwerk grundlage grundsatz fortschritt zukunft zusammenarbeit
vortrag beitrag auftrag vertrag antrag bauantrag montag dienstag donnerstag freitag samstag sonntag tagung
stuttgart antwort verantwortung dusseldorf frankfurt saarland deutschland niedersachsen brandenburg
mecklenburg heidelberg nurnberg salzburg darmstadt heimat monat privat format transparent standard
"""
_WHOLE = frozenset(map(stem, _WHOLE_WORDS.split()))
# Parts of the administration's words that are real even where no entry uses them alone.
_PART_WORDS = """
verwaltung behorde amt amter burger gemeinde kommune stadt land bund staat kreis landkreis region dienst
leistung dienstleistung digital digitalisierung modernisierung transformation reform gesetz recht ordnung
register daten plattform portal konto online zugang zugangs akte rechnung vergabe beschaffung payment
government governance sicherheit schutz cloud software hardware netz system infrastruktur technik
technologie verfahren prozess management planung rat minister ministerium kanzlei kanzler prasident
personal ausweis identitat beteiligung partizipation kongress konferenz forum messe tagung tag woche preis
projekt programm strategie konzept modell labor zentrum haus schule bildung gesundheit pflege energie
klima umwelt verkehr mobilitat wohnung bau raum kultur sport sozial finanz haushalt steuer zoll polizei
justiz feuerwehr katastrophe krise it ki eid intelligenz automatisierung vernetzung kooperation verband
verein gesellschaft unternehmen wirtschaft wissenschaft forschung innovation entwicklung fuhrung kraft
fach markt nutzer kunde service zentral dezentral foderal europa international national kommunal
offentlich
"""
PARTS = frozenset(map(stem, _PART_WORDS.split()))


def could_split(form: str) -> bool:
    """Whether a word is long enough to be a compound and not known to be none."""
    is_word = len(form) >= _SHORTEST_COMPOUND and form.isalpha()
    return is_word and form not in STOP_WORDS and stem(form) not in _WHOLE


def candidates(form: str) -> set[str]:
    """The stems whose being known may let the word split: all that stands in it letter by letter."""
    if not could_split(form):
        return set()
    size = len(form)
    return {form[start:end] for start in range(size - 1) for end in range(start + 2, size + 1)} - {form}


def split(form: str, known: Container[str]) -> tuple[str, ...]:
    """The stems of the parts, smallest ones, in order; empty if the word does not fall into known words.

    `known` holds the stems of words that exist. Long parts win over short ones, few over many.
    """
    if not could_split(form):
        return ()
    ways: list[tuple[int, tuple[str, ...]] | None] = [(0, ())] + [None] * len(form)
    for start in range(len(form) - 1):
        so_far = ways[start]
        if so_far is None:
            continue
        for end, worth, core in _parts(form, start, known):
            way = (so_far[0] + worth, (*so_far[1], core))
            best = ways[end]
            if best is None or way[0] > best[0]:
                ways[end] = way
    best = ways[-1]
    if best is None:
        return ()
    return tuple(leaf for core in best[1] for leaf in split(core, known) or (_key(core),))


def _parts(form: str, start: int, known: Container[str]) -> Iterator[tuple[int, int, str]]:
    """(end, worth, core) of each part that begins there: a known word with or without linking letters
    behind it.

    Longer parts are worth more than in proportion. The last part has no linking letters.
    """
    size = len(form)
    for reach in range(start + 2, size + 1):
        key = form[start:reach]
        if key not in known and key not in PARTS:
            continue
        for end in range(reach, min(reach + _LONGEST_INFLECTION, size) + 1):
            core = form[start:end]
            if core == form or _key(core) != key:
                continue
            for link in _LINKS if end < size else ("",):
                if form.startswith(link, end) and (end + len(link) < size or not link):
                    yield end + len(link), len(core) ** 2 - 3 * len(link), core


@lru_cache(maxsize=200_000)
def _key(core: str) -> str:
    """The stem of what may be a part, empty if it cannot be one."""
    if core in _SHORT_PARTS:
        return core
    if len(core) < SHORTEST_PART or core in STOP_WORDS or core in _ENDINGS:
        return ""
    key = stem(core)
    return key if core.startswith(key) and len(key) > 2 else ""
