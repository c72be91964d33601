"""JSON over HTTP: how records are written down."""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from api.event_records import Told
from api.listing import Page
from api.outputs.event import Record

JSON = "application/json"


def single(record: Told) -> HttpResponse:
    """One entry, a line for each field: people open these addresses too."""
    return HttpResponse(json.dumps(_parsed(record), ensure_ascii=False, indent=1) + "\n", content_type=JSON)


def listed(page: Page, next_url: str, facts: dict[str, Any]) -> HttpResponse:
    """A page of a list, a line for each entry: still to be read, and written ten times as fast."""
    head = {
        "total": page.total,
        "next": next_url or None,
        "as_of": page.as_of.isoformat(),
        **facts,
    }
    lines = [f" {_json(name)}: {_json(value)}" for name, value in head.items()]
    lines += [_rows("items", page.items), _rows("gone", page.gone)]
    response = HttpResponse("{\n" + ",\n".join(lines) + "\n}\n", content_type=JSON)
    if next_url:
        response.headers["Link"] = f'<{next_url}>; rel="next"'
    return response


def only(record: Told, fields: Sequence[str]) -> Told:
    """The record with these fields and its id; all of it where none are named."""
    if not fields:
        return record
    wanted = {"id", *fields}
    return {name: value for name, value in _parsed(record).items() if name in wanted}


def _parsed(record: Told) -> Record:
    if isinstance(record, str):
        told: Record = json.loads(record)
        return told
    return record


def licence() -> dict[str, str | None]:
    return {"licence": settings.DATA_LICENCE or None}


def _rows(name: str, records: Sequence[Told]) -> str:
    rows = ",\n".join(f"  {record if isinstance(record, str) else _json(record)}" for record in records)
    return f" {_json(name)}: [\n{rows}\n ]" if rows else f" {_json(name)}: []"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
