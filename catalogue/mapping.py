"""Version 0 of the exchange file, the form in which the catalogue was first given, as version 1.

Version 0 has no key "version". Each function below is one row of the mapping table in
docs/exchange-file.md. A value of the wrong type is passed on as it is: reading reports it.
"""

import re
from collections.abc import Callable
from typing import Any

from catalogue.entries import Record

NOWHERE = re.compile(r"\s*\(Ort nicht näher genannt\)$")
FIGURES = {"participants": "attendees", "exhibitors": "exhibitor_count", "speakers": "speaker_count"}
APPEARANCE = {"person": "speaker", "position": "office"}
DIGITS = re.compile(r"[1-9][0-9]{0,3}")


def from_version_0(document: dict[str, Any]) -> dict[str, Any]:
    """The document with every record in the form of version 1."""
    mapped = dict(document)
    for section, map_record in (("venues", venue), ("events", event)):
        if isinstance(document.get(section), list):
            mapped[section] = [
                map_record(record) if isinstance(record, dict) else record for record in document[section]
            ]
    return mapped


def venue(record: Record) -> Record:
    """“Köln (Ort nicht näher genannt)” is the town Köln and no building."""
    name = record.get("name")
    if not isinstance(name, str) or not NOWHERE.search(name):
        return record
    return {**record, "name": NOWHERE.sub("", name), "kind": "city"}


def event(record: Record) -> Record:
    record = dict(record)
    rows: tuple[Callable[[Record], None], ...] = (edition, place, online_access, figures, people)
    for row in rows:
        row(record)
    return record


def edition(record: Record) -> None:
    """edition: "8" becomes the number 8."""
    value = record.get("edition")
    if isinstance(value, str) and DIGITS.fullmatch(value):
        record["edition"] = int(value)


def place(record: Record) -> None:
    """venue becomes the first of venues; an online event is broadcast from it."""
    if "venue" in record:
        use = {"use": "broadcast"} if record.get("mode") == "online" else {}
        record["venues"] = [{"venue": record.pop("venue"), **use}]


def online_access(record: Record) -> None:
    """An online part without an address: how one gets in is not known."""
    if record.get("mode") in ("online", "hybrid") and not record.get("online_url"):
        record["online_access"] = "unknown"


def figures(record: Record) -> None:
    """figures.participants, .exhibitors and .speakers become fields of their own."""
    given = record.get("figures")
    if isinstance(given, dict):
        del record["figures"]
        record.update({str(FIGURES.get(key, key)): value for key, value in given.items()})


def people(record: Record) -> None:
    """appearance.person and .position are speaker and office; session.speakers become appearances."""
    given = record.get("appearances", [])
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        return
    appearances = [{APPEARANCE.get(key, key): value for key, value in row.items()} for row in given]
    sessions = record.get("sessions", [])
    if isinstance(sessions, list) and all(isinstance(row, dict) for row in sessions):
        for number, session in enumerate(sessions, start=1):
            for speaker in _speakers(session):
                _assign(appearances, speaker, number)
        without = [{key: value for key, value in row.items() if key != "speakers"} for row in sessions]
        record |= {"sessions": without} if without else {}
    if appearances:
        record["appearances"] = appearances


def _speakers(session: Record) -> list[Any]:
    speakers = session.get("speakers", [])
    return speakers if isinstance(speakers, list) else [speakers]


def _assign(appearances: list[Record], speaker: Any, number: int) -> None:
    """The speaker's appearance gets the session; further sessions get further rows of the same office."""
    own = [row for row in appearances if row.get("speaker") == speaker]
    free = next((row for row in own if "session" not in row), None)
    if free is not None:
        free["session"] = number
    else:
        first = own[0] if own else {"speaker": speaker, "role": "speaker"}
        appearances.append({**first, "session": number})
