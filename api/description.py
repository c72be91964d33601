"""The description of the API as OpenAPI 3.1, in both languages, and what its page takes from it."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import get_language, gettext_noop, override
from django.utils.translation import gettext as _
from ninja import NinjaAPI

from api.outputs.linking import ROOT
from api.parameters import Parameter
from api.problems import KINDS, MEDIA_TYPE
from lib.site import site_name

VERSION = "1.0.0"
# What each operation takes, by its name; api.views fills it.
PARAMETERS: dict[str, list[Parameter]] = {}
LISTS = {
    "events": gettext_noop("Events by any filter, or what changed"),
    "series": gettext_noop("All series, or what changed"),
    "organisations": gettext_noop("All organisations, or what changed"),
    "people": gettext_noop("All people, or what changed"),
    "topics": gettext_noop("All topics, or what changed"),
    "venues": gettext_noop("All venues, or what changed"),
}
ENTRIES = {
    "events": gettext_noop("One event"),
    "series": gettext_noop("One series"),
    "organisations": gettext_noop("One organisation"),
    "people": gettext_noop("One person"),
    "topics": gettext_noop("One topic"),
    "venues": gettext_noop("One venue"),
}
ANSWERS = {
    "200": gettext_noop("What was asked for."),
    "301": gettext_noop("It has another address: see the header Location."),
    "304": gettext_noop("Nothing has changed since the answer with that ETag."),
    "400": gettext_noop("A parameter cannot be used; `errors` names it."),
    "404": gettext_noop("There is no such entry, it is not public, or the cursor leads nowhere."),
    "406": gettext_noop("The client accepts no JSON."),
    "410": gettext_noop("The entry is gone; `tombstone` says since when and why."),
    "429": gettext_noop("Too many requests; Retry-After says when to go on."),
}
HEADERS = {
    "RateLimit-Policy": gettext_noop("Requests allowed to a network (q) in so many seconds (w)."),
    "RateLimit": gettext_noop("Requests left (r) and seconds until all are there again (t)."),
    "Link": gettext_noop("The next page (next), this description (service-desc), the licence of the data."),
    "ETag": gettext_noop("Send it back as If-None-Match to get 304 while nothing has changed."),
    "Retry-After": gettext_noop("Seconds to wait."),
    "Location": gettext_noop("The address now."),
}
CARRIED = {
    "200": ["ETag", "Link", "RateLimit", "RateLimit-Policy"],
    "301": ["Location"],
    "304": ["ETag"],
    "429": ["Retry-After", "RateLimit", "RateLimit-Policy"],
}
ABOUT = gettext_noop(
    "Read events on the digitalisation of the public sector, with all that is around them, as JSON. No key is"
    " needed. Every key of an entry is always there; null means not known. What is added within v1 does not"
    " change what is there: be ready for new keys, new values of open lists and new collections."
)
LICENCES = {
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0",
    "https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0",
    "https://www.govdata.de/dl-de/by-2-0": "Datenlizenz Deutschland – Namensnennung – Version 2.0",
    "https://www.govdata.de/dl-de/zero-2-0": "Datenlizenz Deutschland – Zero – Version 2.0",
}
# Addresses to open from the page.
TO_OPEN = {
    "/events": gettext_noop("Upcoming events."),
    "/events?when=all&state=DE-NW&format=congress&expand=venues": gettext_noop(
        "All congresses in North Rhine-Westphalia, with their venues in whole."
    ),
    "/events?q=Verwaltung&fields=title,start,place": gettext_noop("A search, and only some fields."),
    "/events?updated_since=2026-01-01T00:00:00Z": gettext_noop("What changed since a moment."),
}
# The page names no more values than these; `fields` has those of the answer.
MOST_NAMED = 12
EXAMPLE_ID = "0b2f4a1e-6d3c-5e0a-9a53-2f6d1c7be911"


@cache
def text(api: NinjaAPI, language: str) -> bytes:
    """The document as it is sent."""
    return json.dumps(document(api, language), ensure_ascii=False, indent=1).encode() + b"\n"


@cache
def document(api: NinjaAPI, language: str) -> dict[str, Any]:
    """The document in that language ("de" or "en")."""
    with override(language):
        told = _plain(api.get_openapi_schema(path_prefix=ROOT))
        schemas = told["components"]["schemas"]
        for shape in schemas.values():
            _open(shape)
        for choices in _vocabularies(TextChoices):
            if choices.__name__ in schemas:
                schemas[choices.__name__]["description"] = _worded(choices)
        for path, methods in told["paths"].items():
            _describe(path, methods["get"])
        told["components"]["headers"] = {
            name: {"description": _(words), "schema": {"type": "string"}} for name, words in HEADERS.items()
        }
        return told | {
            "info": _info(),
            "servers": [{"url": settings.SITE_URL}],
            "externalDocs": {"url": f"{settings.SITE_URL}{ROOT}/docs"},
            "tags": [{"name": name, "description": _(words)} for name, words in LISTS.items()],
        }


def _info() -> dict[str, Any]:
    if settings.DATA_LICENCE:
        licence = {
            "name": LICENCES.get(settings.DATA_LICENCE, settings.DATA_LICENCE),
            "url": settings.DATA_LICENCE,
        }
    else:
        # No licence of the data is declared: this is the one of the software.
        licence = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
    info = {"title": site_name(), "version": VERSION, "description": _(ABOUT), "license": licence}
    return info | ({"contact": {"email": settings.CONTACT_EMAIL}} if settings.CONTACT_EMAIL else {})


def _plain(value: Any) -> Any:
    """The same in plain dicts and lists with texts translated."""
    if isinstance(value, dict):
        return {
            str(name): _(part)
            if name in ("description", "summary") and isinstance(part, str) and part
            else _plain(part)
            for name, part in value.items()
        }
    return [_plain(part) for part in value] if isinstance(value, list) else value


def _open(shape: dict[str, Any]) -> None:
    """Tests want exactly these keys; clients must be ready for more, and `fields` leaves some out."""
    shape.pop("additionalProperties", None)
    if "id" in shape.get("properties", {}):
        shape["required"] = ["id"]


def _vocabularies(parent: Any) -> list[Any]:
    return [one for child in parent.__subclasses__() for one in (child, *_vocabularies(child))]


def _worded(choices: Any) -> str:
    """The values with their labels, for people."""
    return ", ".join(f"`{value}` ({label})" for value, label in choices.choices)


def _describe(path: str, operation: dict[str, Any]) -> None:
    taken = PARAMETERS[operation["operationId"]]
    operation["parameters"] = [_parameter(one) for one in taken]
    for status, answer in operation["responses"].items():
        answer["description"] = _(ANSWERS[str(status)])
        if int(status) >= 400:
            answer["content"] = {MEDIA_TYPE: _problem(str(status), path, answer["content"])}
        elif "content" in answer:
            answer["content"]["application/json"]["examples"] = _examples(path)
        carried = CARRIED.get(str(status), [])
        answer["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in carried}


def _parameter(one: Parameter) -> dict[str, Any]:
    parts = [str(one.label), _(one.description) if one.description else ""]
    parts.append(", ".join(f"`{value}` ({label})" for value, label in one.choices))
    words = ". ".join(part.removesuffix(".") for part in parts if part) + "."
    schema: dict[str, Any] = one.schema
    told: dict[str, Any] = {
        "name": one.name,
        "in": one.place,
        "required": one.place == "path",
        "description": words,
    }
    if one.is_many:
        schema = {"type": "array", "items": one.schema, "minItems": 1}
        schema |= {"maxItems": one.most} if one.most else {}
        told |= {"style": "form", "explode": not one.separator}
    told["schema"] = schema
    if one.example is not None:
        told["example"] = [one.example] if one.is_many else one.example
    return told


def _problem(status: str, path: str, content: dict[str, Any]) -> dict[str, Any]:
    kind, title = next((kind, title) for kind, (number, title) in KINDS.items() if str(number) == status)
    example = {
        "type": f"{settings.SITE_URL}{ROOT}/docs#{kind}",
        "title": str(title),
        "status": int(status),
        "detail": _(ANSWERS[status]),
        "instance": path.replace("{id}", EXAMPLE_ID),
    }
    return {**content["application/json"], "examples": {kind: {"value": example}}}


def _examples(path: str) -> dict[str, Any]:
    """What `fields=slug` leaves of an entry: enough to see where things stand."""
    entry = {"id": EXAMPLE_ID, "slug": "digitaltag-2027"}
    if path == f"{ROOT}/":
        return {}
    if "{id}" in path:
        return {"fields": {"summary": "fields=slug", "value": entry}}
    page = {
        "total": 1,
        "next": None,
        "as_of": "2027-03-01T09:00:00+00:00",
        "licence": settings.DATA_LICENCE or None,
        "items": [entry],
        "gone": [],
    }
    return {"fields": {"summary": "fields=slug", "value": page}}


# -- for the page -----------------------------------------------------------------------------------------


def operations(told: dict[str, Any]) -> list[dict[str, Any]]:
    """[{name, path, summary, parameters: [{name, kind, words, place}], shape, example}] in their order."""
    found = []
    for path, methods in told["paths"].items():
        operation = methods["get"]
        content = operation["responses"]["200" if "200" in operation["responses"] else 200]["content"]
        found.append(
            {
                "name": operation["operationId"],
                "path": path,
                "summary": operation["summary"],
                "parameters": [_row(one) for one in operation["parameters"]],
                "shape": _kind(content["application/json"]["schema"]),
                "example": "" if "{id}" in path else path,
                "statuses": [(status, one["description"]) for status, one in operation["responses"].items()],
            }
        )
    return found


def shapes(told: dict[str, Any]) -> list[dict[str, Any]]:
    """[{name, words, fields: [{name, kind, words}]}], vocabularies without fields."""
    return [
        {
            "name": name,
            "words": shape.get("description", ""),
            "fields": [
                {"name": key, "kind": _kind(part), "words": _words(part.get("description", ""), part)}
                for key, part in shape.get("properties", {}).items()
            ],
        }
        for name, shape in sorted(told["components"]["schemas"].items())
    ]


def facts() -> dict[str, Any]:
    """What the page says of this installation."""
    return {
        "root": f"{settings.SITE_URL}{ROOT}",
        "limit": settings.API_REQUESTS_PER_MINUTE,
        "licence": settings.DATA_LICENCE,
        "licence_name": LICENCES.get(settings.DATA_LICENCE, settings.DATA_LICENCE),
        "openapi": f"{ROOT}/openapi.json?lang={get_language()}",
        "examples": [{"path": ROOT + path, "words": _(words)} for path, words in TO_OPEN.items()],
        "problems": [(kind, status, title) for kind, (status, title) in KINDS.items()],
    }


def _row(one: dict[str, Any]) -> dict[str, Any]:
    words = _words(one["description"], one["schema"])
    return {"name": one["name"], "kind": _kind(one["schema"]), "words": words, "place": one["in"]}


def _words(told: str, schema: dict[str, Any]) -> str:
    """What is told, with the values, the range and the default where they are not named in it."""
    one = schema.get("items", schema)
    parts = [told]
    values = one.get("enum", [])
    if 0 < len(values) <= MOST_NAMED and f"`{values[0]}`" not in told:
        parts.append(_("Values: %(values)s.") % {"values": ", ".join(f"`{value}`" for value in values)})
    if "maximum" in one:
        parts.append(_("From %(minimum)s to %(maximum)s.") % one)
    if "default" in one:
        parts.append(_("Default: %(value)s.") % {"value": f"`{one['default']}`"})
    return " ".join(parts)


def _kind(schema: dict[str, Any]) -> str:
    """A type in a few words: `string`, `date`, `[Reference]`, `Series | null`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_kind(part) for part in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"[{_kind(schema['items'])}]"
    return str(schema.get("format") or schema.get("type", "object"))
