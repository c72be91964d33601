"""Names of countries and states in the active language."""

from functools import cache

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language

from lib.german import fold

# German names of states, cantons and the regions that occur; English ones only where they differ.
_STATES = {
    "DE-BW": "Baden-Württemberg", "DE-BY": "Bayern", "DE-BE": "Berlin", "DE-BB": "Brandenburg",
    "DE-HB": "Bremen", "DE-HH": "Hamburg", "DE-HE": "Hessen", "DE-MV": "Mecklenburg-Vorpommern",
    "DE-NI": "Niedersachsen", "DE-NW": "Nordrhein-Westfalen", "DE-RP": "Rheinland-Pfalz",
    "DE-SL": "Saarland", "DE-SN": "Sachsen", "DE-ST": "Sachsen-Anhalt", "DE-SH": "Schleswig-Holstein",
    "DE-TH": "Thüringen",
    "AT-1": "Burgenland", "AT-2": "Kärnten", "AT-3": "Niederösterreich", "AT-4": "Oberösterreich",
    "AT-5": "Salzburg", "AT-6": "Steiermark", "AT-7": "Tirol", "AT-8": "Vorarlberg", "AT-9": "Wien",
    "CH-AG": "Aargau", "CH-AI": "Appenzell Innerrhoden", "CH-AR": "Appenzell Ausserrhoden",
    "CH-BE": "Bern", "CH-BL": "Basel-Landschaft", "CH-BS": "Basel-Stadt", "CH-FR": "Freiburg",
    "CH-GE": "Genf", "CH-GL": "Glarus", "CH-GR": "Graubünden", "CH-JU": "Jura", "CH-LU": "Luzern",
    "CH-NE": "Neuenburg", "CH-NW": "Nidwalden", "CH-OW": "Obwalden", "CH-SG": "St. Gallen",
    "CH-SH": "Schaffhausen", "CH-SO": "Solothurn", "CH-SZ": "Schwyz", "CH-TG": "Thurgau",
    "CH-TI": "Tessin", "CH-UR": "Uri", "CH-VD": "Waadt", "CH-VS": "Wallis", "CH-ZG": "Zug",
    "CH-ZH": "Zürich",
    "BE-BRU": "Region Brüssel-Hauptstadt", "BE-VLG": "Flandern", "BE-WAL": "Wallonien",
    "ES-CT": "Katalonien", "IT-32": "Trentino-Südtirol",
}  # fmt: skip
_STATES_EN = {
    "DE-BY": "Bavaria", "DE-HE": "Hesse", "DE-MV": "Mecklenburg-Western Pomerania", "DE-NI": "Lower Saxony",
    "DE-NW": "North Rhine-Westphalia", "DE-RP": "Rhineland-Palatinate", "DE-SN": "Saxony",
    "DE-ST": "Saxony-Anhalt", "DE-TH": "Thuringia", "AT-2": "Carinthia", "AT-3": "Lower Austria",
    "AT-4": "Upper Austria", "AT-6": "Styria", "AT-7": "Tyrol", "AT-9": "Vienna", "CH-FR": "Fribourg",
    "CH-GE": "Geneva", "CH-LU": "Lucerne", "CH-NE": "Neuchâtel", "CH-TI": "Ticino", "CH-VD": "Vaud",
    "CH-VS": "Valais", "CH-ZH": "Zurich", "BE-BRU": "Brussels-Capital Region", "BE-VLG": "Flanders",
    "BE-WAL": "Wallonia", "ES-CT": "Catalonia", "IT-32": "Trentino-South Tyrol",
}  # fmt: skip


def states() -> dict[str, tuple[str, ...]]:
    """{ISO 3166-2 code: its names in German and, where it differs, in English} of the German states."""
    return {
        code: (name, _STATES_EN[code]) if code in _STATES_EN else (name,)
        for code, name in _STATES.items()
        if code.startswith("DE-")
    }


def state_name(code: str) -> str:
    """The name of a state, canton or region by its ISO 3166-2 code; unknown ones stay codes."""
    english = _STATES_EN.get(code) if get_language() == "en" else None
    return english or _STATES.get(code, code)


def home_country() -> str:
    """ISO 3166-1 code of the country that the directory is about; a default of models."""
    code: str = settings.DEFAULT_COUNTRY
    return code


def is_abroad(country: str) -> bool:
    """Whether an address has to tell the country."""
    return country != settings.DEFAULT_COUNTRY


def country_name(code: str) -> str:
    """The name of a country by its ISO 3166-1 code (CLDR), Kosovo's XK included."""
    return _countries("en" if get_language() == "en" else "de").get(code, code)


def codes_of(name: str) -> set[str]:
    """The codes of the states, else countries, that are called so in German or English, or have this code."""
    wanted = fold(name.strip())
    # The names of countries are many, and read from the locales only if nothing else will do.
    return _coded("states").get(wanted) or _coded("countries").get(wanted) or set()


@cache
def _coded(kind: str) -> dict[str, set[str]]:
    tables = (_STATES, _STATES_EN) if kind == "states" else (_countries("de"), _countries("en"))
    found: dict[str, set[str]] = {}
    for code, name in (pair for names in tables for pair in names.items()):
        found.setdefault(fold(name), set()).add(code)
        found.setdefault(fold(code), set()).add(code)
    return found


@cache
def _countries(language: str) -> dict[str, str]:
    return {code: str(name) for code, name in Locale(language).territories.items() if len(code) == 2}
