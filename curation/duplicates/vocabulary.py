"""Words of names that say less than others, and numbers in words. Pure."""

import re
from functools import cache

from lib.words import canonical

# How an organisation is constituted says nothing of who it is.
_LEGAL_FORMS = """
ev gmbh ggmbh mbh ag aor kg kgaa ohg gbr se ug eg inc ltd plc llc bv sa srl zv
"""
_ACADEMIC = """
prof professor professorin dr doktor doctor dipl diplom ing mag magister magistra msc bsc mba ma ba llm phd
habil hc rer nat jur iur phil med pol oec soz univ fh pd privatdozent privatdozentin em eh mult
"""
# Words that many names share; they weigh less even before the catalogue has told how common they are.
_GENERIC = """
kongress congress konferenz conference tagung messe forum tag tage gipfel summit workshop webinar fachtagung
fachkongress symposium kolloquium treffen jahrestagung veranstaltung veranstaltungen camp festival preis
wettbewerb digital digitale digitaler digitales deutscher deutsche deutsches stadt land kreis gemeinde
landkreis landeshauptstadt universität hochschule ministerium institut verband bundesverband gesellschaft
verein stiftung haus halle zentrum center kommunal kommunale online virtuell ausgabe jahr
"""
_ONES = " ein zwei drei vier fünf sechs sieben acht neun"
_ORDINALS = """
erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft dreizehnt vierzehnt fünfzehnt sechzehnt
siebzehnt achtzehnt neunzehnt
"""
_ENGLISH = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"

LEGAL_FORMS = frozenset(_LEGAL_FORMS.split())
ACADEMIC = frozenset(_ACADEMIC.split())
GENERIC = frozenset(map(canonical, _GENERIC.split()))
LEGAL_PHRASES = re.compile(
    r"\b(e\.\s?[VG]\.|a\.\s?d\.\s?ö\.\s?R\.|g\.?GmbH|eingetragener Verein|eingetragene Genossenschaft"
    r"|gemeinnützige GmbH|Gesellschaft mit beschränkter Haftung|Aktiengesellschaft"
    r"|(?:Anstalt|Körperschaft) (?:des )?öffentlichen Rechts|GmbH\s*&\s*Co\.?\s*KG)(?!\w)",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"(?=[ivx]{2,})x{0,3}(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_ORDINAL_SIGN = re.compile(r"(\d+)(?:st|nd|rd|th|te|ter|tes|ten)")


def number_of(word: str) -> str:
    """The number that a canonical word says: 12, 12th, xii, zwolfter; empty for another word."""
    if word[:1].isdigit():
        sign = _ORDINAL_SIGN.fullmatch(word)
        is_number = sign or word.replace(".", "").isdigit()
        return (sign[1] if sign else word).lstrip("0") if is_number else ""
    if _ROMAN.fullmatch(word):
        row = [_ROMAN_VALUES[letter] for letter in word]
        return str(sum(-one if any(later > one for later in row[at:]) else one for at, one in enumerate(row)))
    return _ordinals().get(word, "")


@cache
def _ordinals() -> dict[str, str]:
    """{canonical ordinal in any of its endings: number} for 1 to 39, and in English to 12."""
    stems = ["", *_ORDINALS.split()]
    for tens in ("zwanzigst", "dreißigst"):
        stems += [f"{one}und{tens}" if one else tens for one in _ONES.split(" ")]
    found = {
        canonical(f"{one}{ending}"): str(number)
        for number, one in enumerate(stems)
        if one
        for ending in ("e", "er", "es", "en")
    }
    return found | {word: str(number) for number, word in enumerate(_ENGLISH.split(), start=1)}
