"""What chance adds to a sample event: times, organisers, people, programme, prices, registration.

Each function draws from the event's own source of chance and always draws the same number of times for
the same template, so that one event never changes another.
"""

import datetime as dt
from random import Random

from catalogue.entries import Record

PREFIX = "beispiel-"
OFFERS = ("wheelchair", "sign_language", "captions", "hearing_loop", "easy_language")
OTHER_ROLES = ("partner", "cooperation_partner", "media_partner", "sponsor", "supporter")
PROGRAMME = (("09:30", "10:15"), ("10:45", "12:00"), ("13:30", "14:45"), ("15:15", "16:30"))
KINDS = ("keynote", "talk", "workshop", "panel")
# From this week on an event is so far away that nobody can register for it yet.
OPEN_WEEKS = 36


def add(record: Record, template: Record, texts: Record, chance: Random) -> None:
    """Fill the record up; a date known by the month only gets no programme."""
    is_exact = "month_in_weeks" not in template
    is_past = template.get("in_weeks", 1) < 0
    _organisations(record, template, texts, chance)
    _money(record, chance)
    if "accessibility" not in template and chance.random() < 0.45:
        record["accessibility"] = sorted(chance.sample(OFFERS, chance.randint(1, 3)), key=OFFERS.index)
    if is_exact and chance.random() < 0.65:
        record |= _times(record, chance)
    if is_exact and not is_past and record.get("status") not in ("cancelled", "postponed"):
        _registration(record, template, chance)
    if chance.random() < 0.65:
        _people(record, texts, chance, with_programme=is_exact and chance.random() < 0.6)


def _times(record: Record, chance: Random) -> Record:
    if record.get("mode") == "online":
        hour = chance.choice((9, 10, 13, 14))
        return {"start_time": f"{hour:02d}:00", "end_time": f"{hour + 2:02d}:{chance.choice(('00', '30'))}"}
    return {
        "start_time": chance.choice(("09:00", "09:30", "10:00")),
        "end_time": chance.choice(("16:30", "17:00")),
    }


def _organisations(record: Record, template: Record, texts: Record, chance: Random) -> None:
    known = [organisation["slug"] for organisation in texts["organisations"]]
    drawn = chance.sample(known, 4)
    organisers = [PREFIX + slug for slug in template.get("organisers", [])] or drawn[:1]
    rows = [{"organisation": organisers[0], "role": "organiser"}]
    rows += [{"organisation": slug, "role": "co_organiser"} for slug in organisers[1:]]
    others = [slug for slug in drawn[1:] if slug not in organisers][: chance.randint(0, 3)]
    rows += [{"organisation": slug, "role": chance.choice(OTHER_ROLES)} for slug in others]
    record["participations"] = rows


def _money(record: Record, chance: Random) -> None:
    kind, fee = chance.random(), 10 * chance.randint(6, 28)
    if record.get("is_free") is None and kind < 0.75:
        record["is_free"] = kind < 0.35
    if record.get("is_free") is False:
        start = dt.date.fromisoformat(record["start"]) if len(record["start"]) == 10 else None
        record["prices"] = [{"group": "public_sector", "amount": fee}]
        if start:
            record["prices"].append({"group": "public_sector", "amount": fee - 20, "early_bird": True})
            record["early_bird_until"] = (start - dt.timedelta(days=45)).isoformat()
        record["prices"].append({"group": "business", "amount": 3 * fee, "amount_to": 4 * fee})
        record["prices"].append({"group": "students", "amount": 0})


def _registration(record: Record, template: Record, chance: Random) -> None:
    start = dt.date.fromisoformat(record["start"])
    days = chance.randint(2, 6) if template["in_weeks"] < 4 else chance.randint(7, 21)
    if template["in_weeks"] < OPEN_WEEKS and chance.random() < 0.75:
        record["registration_url"] = f"{record['website']}/anmeldung"
        record["registration_deadline"] = (start - dt.timedelta(days=days)).isoformat()
    if template["in_weeks"] > 14 and chance.random() < 0.3:
        record["contributions_url"] = f"{record['website']}/beitraege"
        record["contributions_deadline"] = (start - dt.timedelta(days=70 + days)).isoformat()
    if "trade_fair" in record["formats"]:
        record["exhibitors_url"] = f"{record['website']}/ausstellen"
        record["exhibitors_deadline"] = (start - dt.timedelta(days=40 + days)).isoformat()


def _people(record: Record, texts: Record, chance: Random, *, with_programme: bool) -> None:
    """Up to five people, each with the one office that the person holds in all samples."""
    numbers = chance.sample(range(len(texts["people"])), chance.randint(2, 5))
    appearances = [_appearance(number, texts) for number in numbers]
    for appearance, role in zip(
        appearances, ("keynote", "speaker", "moderator", "panellist", "panellist"), strict=False
    ):
        appearance["role"] = role
    if with_programme:
        sessions = _sessions(record, texts, chance)
        record["sessions"] = sessions
        for number, appearance in enumerate(appearances):
            appearance["session"] = number % len(sessions) + 1
    record["appearances"] = appearances


def _appearance(number: int, texts: Record) -> Record:
    offices = list(texts["offices"].items())
    organisation, titles = offices[number % len(offices)]
    return {
        "speaker": texts["people"][number]["slug"],
        "role": "speaker",
        "office": titles[number // len(offices) % len(titles)],
        "organisation": PREFIX + organisation,
    }


def _sessions(record: Record, texts: Record, chance: Random) -> list[Record]:
    """Two to four sessions on the first day; online events have one after the other without a break."""
    known = [slug.removeprefix(PREFIX) for slug in record["topics"]]
    titles = [title for slug in known for title in texts["sessions"].get(slug, [])]
    titles = (titles + texts["sessions"]["digitale-verwaltung"])[: chance.randint(2, 4)]
    rows = []
    for number, title in enumerate(dict.fromkeys(titles)):
        row: Record = {"title": title, "kind": KINDS[number], "date": record["start"]}
        if record.get("mode") != "online":
            row["start_time"], row["end_time"] = PROGRAMME[number]
            row["room"] = chance.choice(("Großer Saal", "Raum Elbe", "Raum Isar", "Raum Spree"))
        rows.append(row)
    return rows
