"""Abbreviations of the administration, both ways; beside those that entries bring with them.

Each line holds names of one thing. What an entry of the directory says of itself (an organisation's short
name, a topic's synonyms) need not stand here.
"""

from functools import cache

from lib.words import meaning, units

_SAME = """
OZG | Onlinezugangsgesetz
RegMo | RegMoG | Registermodernisierung
NOOTS | National-Once-Only-Technical-System
KI | AI | künstliche Intelligenz | artificial intelligence
EfA | Einer für Alle
DVC | Deutsche Verwaltungscloud
BundID | Bund ID
FIM | Föderales Informationsmanagement
XÖV | XML in der öffentlichen Verwaltung
EUDI | EUDI-Wallet | European Digital Identity Wallet
DStGB | Deutscher Städte- und Gemeindebund
DST | Deutscher Städtetag
DLT | Deutscher Landkreistag
KGSt | Kommunale Gemeinschaftsstelle für Verwaltungsmanagement
VKU | Verband kommunaler Unternehmen
NEGZ | Nationales E-Government Kompetenzzentrum
SCCON | Smart Country Convention
BMI | Bundesministerium des Innern | Bundesinnenministerium
BMDS | Bundesministerium für Digitales und Staatsmodernisierung | Bundesdigitalministerium
BSI | Bundesamt für Sicherheit in der Informationstechnik
ITZBund | Informationstechnikzentrum Bund
FITKO | Föderale IT-Kooperation
IT-PLR | IT-Planungsrat
ZenDiS | Zentrum für Digitale Souveränität
SDG | Single Digital Gateway
DSGVO | GDPR | Datenschutz-Grundverordnung
IoT | Internet der Dinge | Internet of Things
LLM | Large Language Model
eID | elektronische Identität
DMS | Dokumentenmanagementsystem
ÖPNV | öffentlicher Personennahverkehr
ÖGD | öffentlicher Gesundheitsdienst
OSS | Open-Source-Software
API | Programmierschnittstelle
GIS | Geoinformationssystem
BIM | Building Information Modeling
HR | Human Resources
VHS | Volkshochschule
NRW | Nordrhein-Westfalen
RLP | Rheinland-Pfalz
NKR | Normenkontrollrat
MPK | Ministerpräsidentenkonferenz
MPSC | Modellprojekte Smart Cities
DigitalPakt | Digitalpakt Schule
PPP | ÖPP | öffentlich-private Partnerschaft | Public Private Partnership
RPA | Robotic Process Automation
ERP | Enterprise Resource Planning
EU | Europäische Union
CIO | Chief Information Officer
CDO | Chief Digital Officer
E-Akte | elektronische Akte
E-Rechnung | elektronische Rechnung
E-Vergabe | elektronische Vergabe
E-Payment | digitales Bezahlen
E-Government | elektronische Verwaltung
"""


@cache
def same() -> dict[str, frozenset[str]]:
    """{name: all names of the same thing}, each as `lib.words.meaning` writes it."""
    found: dict[str, frozenset[str]] = {}
    for line in _SAME.strip().splitlines():
        names = frozenset(meaning(name) for name in line.split(" | "))
        for name in names:
            found[name] = found.get(name, frozenset()) | names
    return found


def abbreviates(short: str, long: str) -> bool:
    """Whether the letters of an abbreviation stand in the name in their order, beginning with its first."""
    if (
        len(short) > 8
        or " " in short
        or sum(letter.isupper() for letter in short) < 2
        or len(short) >= len(long)
    ):
        return False
    letters, wanted = _letters(long), _letters(short)
    rest = iter(letters)
    return letters[:1] == wanted[:1] and all(letter in rest for letter in wanted)


def _letters(text: str) -> str:
    return "".join(part for unit in units(text) for part in unit.parts)
