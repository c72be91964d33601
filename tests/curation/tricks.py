"""How second editors enter a thing differently: slips, titles, initials, spellings, dates, other words.

Two gardens of tricks, see `tests.curation.planting`.
"""

import datetime as dt
import re
from calendar import monthrange

# -- slips, each on a text; None where it changes nothing -------------------------------------------


def _in_a_word(chance, text, slip, least=5):
    """The text with a slip inside one of its longer words, behind the first letter."""
    words = [match for match in re.finditer(r"[^\W\d_]+", text) if len(match[0]) >= least]
    if not words:
        return None
    match = chance.choice(words)
    at = match.start() + chance.randint(1, len(match[0]) - 2)
    told = slip(chance, text, at)
    return told if told != text else None


def _swapped(chance, text, at):
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _dropped(chance, text, at):
    return text[:at] + text[at + 1 :]


def _doubled(chance, text, at):
    return text[:at] + text[at] + text[at:]


_KEYS = ("qwertzuiopü", "asdfghjklöä", "yxcvbnm")


def _neighbouring(chance, text, at):
    """The key beside the one that was meant."""
    letter = text[at].lower()
    row = next((row for row in _KEYS if letter in row), None)
    if row is None:
        return text
    where = row.index(letter)
    return text[:at] + row[where + 1 if where + 1 < len(row) else where - 1] + text[at + 1 :]


def _inserted(chance, text, at):
    return text[:at] + chance.choice("ernst") + text[at:]


def _slip(chance, text):
    return _in_a_word(chance, text, chance.choice([_swapped, _dropped, _doubled]))


def _held_out_slip(chance, text):
    return _in_a_word(chance, text, chance.choice([_neighbouring, _inserted]))


_SPELT = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}


def _spelt_out(text):
    told = "".join(_SPELT.get(letter, letter) for letter in text)
    return told if told != text else None


def _bare(text):
    """As on a keyboard without umlauts."""
    told = text.translate(str.maketrans("äöüÄÖÜé", "aouAOUe")).replace("ß", "ss")
    return told if told != text else None


def of(column, slip):
    """A trick: the slip on one column of the entry."""

    def trick(chance, entry):
        told = slip(chance, getattr(entry, column))
        return {column: told[:200]} if told else None

    return trick


def _umlauts(slip, *columns):
    def trick(chance, entry):
        told = {column: slip(getattr(entry, column)) for column in columns}
        changed = {column: text for column, text in told.items() if text}
        return changed or None

    return trick


# -- events ----------------------------------------------------------------------------------------


def _moved(most):
    def trick(chance, event):
        if event.date_precision != "day":
            return None
        days = dt.timedelta(days=chance.choice([-1, 1]) * chance.randint(1, most))
        return {"starts_on": event.starts_on + days, "ends_on": event.ends_on + days}

    return trick


def _month_alone(chance, event):
    if event.date_precision != "day":
        return None
    last = monthrange(event.starts_on.year, event.starts_on.month)[1]
    day = event.starts_on.replace
    return {"starts_on": day(day=1), "ends_on": day(day=last), "date_precision": "month"}


def _one_day_more(chance, event):
    return {"ends_on": event.ends_on + dt.timedelta(days=1)} if event.date_precision == "day" else None


_WORDED = {"1": "Erste", "2": "Zweite", "3": "Dritte", "4": "Vierter", "5": "Fünfter", "6": "Sechster"}
_WORDED |= {"7": "Siebter", "8": "Achter", "9": "Neunter", "10": "Zehnter", "11": "Elfter", "12": "Zwölfter"}


def _reworded(chance, title):
    number = re.match(r"(\d{1,2})\. ", title)
    if number and number[1] in _WORDED:
        return f"{_WORDED[number[1]]} {title[number.end() :]}"
    year = re.search(r"\s(20\d\d)$", title)
    if year:
        return chance.choice([title[: year.start()], f"{year[1]}: {title[: year.start()]}"])
    head, sign, tail = title.partition(" – ")
    if sign:
        return f"{tail} ({head})"
    words = title.split()
    return f"{words[-1]}: {' '.join(words[:-1])}" if len(words) > 2 else None


def _differently_named(chance, title):
    """The kind of event in another word, or a subtitle more."""
    for one, other in (("Kongress", "Konferenz"), ("Tagung", "Fachtagung"), ("Konferenz", "Kongress")):
        if re.search(rf"\b{one}\b", title):
            return title.replace(one, other)
    return f"{title}: {chance.choice(['Programm und Anmeldung', 'Save the date', 'Einladung'])}"


# -- people ----------------------------------------------------------------------------------------


def _titled(chance, person):
    title = chance.choice(["Dr.", "Prof. Dr.", "Prof."])
    return chance.choice(
        [
            {"academic_title": title if person.academic_title != title else ""},
            {"academic_title": "", "given_name": f"{title} {person.given_name}"},
        ]
    )


def _initial(chance, person):
    return {"given_name": f"{person.given_name[0]}."} if len(person.given_name) > 1 else None


def _held_out_title(chance, person):
    title = chance.choice([", MSc", ", MBA", " M.A."])
    return chance.choice(
        [
            {"family_name": f"{person.family_name}{title}"},
            {"academic_title": "", "given_name": f"Dipl.-Ing. {person.given_name}"},
        ]
    )


def _second_initial(chance, person):
    return {"given_name": f"{person.given_name} {chance.choice('ABEHJKMW')}."} if person.given_name else None


def _turned(chance, person):
    if not person.given_name:
        return None
    return {"given_name": person.family_name, "family_name": person.given_name}


# -- organisations and venues ----------------------------------------------------------------------


def _bare_name(body):
    return re.sub(r" (e. ?V.|GmbH|AG|AöR)$", "", body.name)


def _constituted(chance, body):
    return {"name": f"{_bare_name(body)} {chance.choice(['e. V.', 'GmbH', 'AöR'])}"}


def _held_out_constituted(chance, body):
    return {"name": f"{body.name} {chance.choice(['eV', 'gGmbH', '(eingetragener Verein)'])}"}


def _called(chance, body):
    return {"name": body.short_name, "short_name": ""} if len(body.short_name) > 3 else None


def _with_short_name(chance, body):
    return {"name": f"{body.name} ({body.short_name})", "short_name": ""} if body.short_name else None


def _with_town(chance, venue):
    if venue.kind == "city" or venue.city in venue.name:
        return None
    return {"name": chance.choice([f"{venue.name} {venue.city}", f"{venue.city}, {venue.name}"])}


def _hyphened(chance, venue):
    return {"name": venue.name.replace(" ", "-", 1)} if " " in venue.name else None


def _with_room(chance, venue):
    return {"name": f"{venue.name}, Großer Saal"} if venue.kind == "building" else None


TUNING = {
    "event": {
        "typo": of("title", _slip),
        "umlaut": _umlauts(_spelt_out, "title"),
        "dates": _moved(9),
        "reworded": of("title", _reworded),
    },
    "speaker": {
        "typo": of("family_name", _slip),
        "title": _titled,
        "initial": _initial,
        "umlaut": _umlauts(_spelt_out, "given_name", "family_name"),
    },
    "organisation": {
        "typo": of("name", _slip),
        "umlaut": _umlauts(_spelt_out, "name"),
        "legal form": _constituted,
        "short name": _called,
    },
    "venue": {"typo": of("name", _slip), "umlaut": _umlauts(_spelt_out, "name"), "town": _with_town},
}
HELD_OUT = {
    "event": {
        "typo": of("title", _held_out_slip),
        "umlaut": _umlauts(_bare, "title"),
        "dates": _moved(16),
        "month": _month_alone,
        "days": _one_day_more,
        "reworded": of("title", _differently_named),
    },
    "speaker": {
        "typo": of("family_name", _held_out_slip),
        "given name": of("given_name", _held_out_slip),
        "title": _held_out_title,
        "initial": _second_initial,
        "umlaut": _umlauts(_bare, "given_name", "family_name"),
        "turned": _turned,
    },
    "organisation": {
        "typo": of("name", _held_out_slip),
        "umlaut": _umlauts(_bare, "name"),
        "legal form": _held_out_constituted,
        "short name": _with_short_name,
    },
    "venue": {
        "typo": of("name", _held_out_slip),
        "umlaut": _umlauts(_bare, "name"),
        "hyphen": _hyphened,
        "room": _with_room,
    },
}
