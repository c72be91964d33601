"""Small exchange files for tests."""

import json

from catalogue import loading
from catalogue.entries import RefusedError
from catalogue.schema import FORMAT, VERSION

ORGANISATION = {"slug": "verband", "name": "Verband", "kind": "association", "level": "private"}
PERSON = {"slug": "anna-muster", "given_name": "Anna", "family_name": "Muster"}
VENUE = {"slug": "halle", "name": "Halle", "city": "Essen", "state": "DE-NW"}
TOPIC = {"slug": "cloud", "name_de": "Cloud"}
SERIES = {"slug": "reihe", "name": "Reihe", "organisers": ["verband"]}
EVENT = {
    "slug": "tagung",
    "series": "reihe",
    "title": "Tagung",
    "start": "2027-05-03",
    "venues": [{"venue": "halle"}],
    "topics": ["cloud"],
    "participations": [{"organisation": "verband", "role": "organiser"}],
    "sessions": [{"title": "Auftakt"}],
    "appearances": [{"speaker": "anna-muster", "role": "keynote", "session": 1}],
}
SECTIONS = {
    "organisations": ORGANISATION,
    "people": PERSON,
    "venues": VENUE,
    "topics": TOPIC,
    "series": SERIES,
    "events": EVENT,
}


def file(**changed):
    """A file with one record a section; name a section to give it other records."""
    records = {name: [record] for name, record in SECTIONS.items()} | changed
    return {"format": FORMAT, "version": VERSION, **records}


def with_event(**changed):
    """The file with its event changed; None takes a field out."""
    return file(events=[changed_record(EVENT, changed)])


def changed_record(record, changed):
    return {key: value for key, value in (record | changed).items() if value is not None}


def load(document):
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return loading.load(content)


def rejections(document):
    """What the load of the document is refused with: {field: reason} of all records."""
    try:
        load(document)
    except RefusedError as refused:
        return {found.field: found.reason for found in refused.rejections}
    return {}


def notices(report):
    return {(notice.section, notice.slug): notice.reason for notice in report.left_alone}
