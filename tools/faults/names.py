"""What the entries are called that faults are tried on: a key, and the number of the last edit."""

import datetime as dt
import json
from typing import Any

# Keys of events that are edited in code and SQL, by the editors' form, and by imports.
CODE, FORM, IMPORT = "c", "f", "i"
IMPORTED, HOSTS = 60, 4
_DAY = dt.date(2033, 5, 2)


def keys(kind: str, number: int) -> list[str]:
    return [f"{kind}{place:02}" for place in range(number)]


def slug(key: str) -> str:
    return f"prueftagung-{key}"


def title(key: str, mark: int) -> str:
    return f"Prüftagung {key} Stand {mark}"


def day(key: str) -> dt.date:
    return _DAY + dt.timedelta(days=int(key[1:]) % 27)


def facts(key: str, mark: int) -> dict[str, Any]:
    """An event as the model takes it."""
    return {
        "slug": slug(key),
        "title": title(key, mark),
        "starts_on": day(key),
        "ends_on": day(key),
        "state": "published",
        "languages": ["de"],
        "formats": ["congress"],
        "audiences": ["municipal"],
    }


def hosts_of(mark: int) -> int:
    """How many organisers each imported event has."""
    return 1 + mark // 3 % HOSTS


def exchange_file(mark: int) -> str:
    """Organisations and events that all bear the mark; the events' organisers differ from mark to mark."""
    hosts = [f"pruefverband-h{place:02}" for place in range(HOSTS)]
    document = {
        "format": "kongressatlas-catalogue",
        "version": 1,
        "organisations": [
            {
                "slug": host,
                "name": f"Prüfverband {host[-3:]} Stand {mark}",
                "kind": "association",
                "level": "private",
            }
            for host in hosts
        ],
        "people": [],
        "venues": [],
        "topics": [],
        "series": [],
        "events": [_record(key, mark, hosts) for key in keys(IMPORT, IMPORTED)],
    }
    return json.dumps(document, ensure_ascii=False)


def _record(key: str, mark: int, hosts: list[str]) -> dict[str, Any]:
    return {
        "slug": slug(key),
        "title": title(key, mark),
        "start": day(key).isoformat(),
        "languages": ["de"],
        "formats": ["congress"],
        "audiences": ["municipal"],
        "participations": [{"organisation": host, "role": "organiser"} for host in hosts[: hosts_of(mark)]],
        "sources": [{"url": f"https://example.org/{key}/{mark}", "title": "Ankündigung"}],
    }
