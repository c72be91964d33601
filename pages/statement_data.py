"""The accessibility statement for programs: Decision (EU) 2018/1523, article 2, wants it machine-readable."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from pages.models import Barrier, Statement
from pages.statements import barriers_of

MODEL = "http://data.europa.eu/eli/dec_impl/2018/1523/oj"
STANDARDS = ["EN 301 549 V3.2.1", "WCAG 2.1 AA"]
_LANGUAGES = (("de", ""), ("en", "_en"))


def document(statement: Statement) -> str:
    """JSON. Texts are {language: text}; what is still owed or not known is null."""
    return json.dumps(facts(statement), ensure_ascii=False, indent=1) + "\n"


def facts(statement: Statement) -> dict[str, Any]:
    with override(settings.LANGUAGE_CODE):
        page, feedback = reverse("pages:accessibility"), reverse("feedback:barrier")
    told = {
        "model": MODEL,
        "page": settings.SITE_URL + page,
        "website": settings.SITE_URL,
        "version": statement.number,
        "published": statement.published_at and statement.published_at.isoformat(),
        "authority": statement.authority,
        "legalBasis": statement.law,
        "scope": _texts(statement, "scope"),
        "conformance": statement.status,
        "standards": STANDARDS,
        "notAccessible": [_barrier(one) for one in barriers_of(statement)],
        "remarks": _texts(statement, "notes"),
        "preparedOn": statement.prepared_on,
        "reviewedOn": statement.reviewed_on,
        "reviewDueOn": statement.review_due_on,
        "assessment": {
            "method": statement.method,
            "on": statement.evaluated_on,
            "report": statement.report_url,
        },
        "feedback": {"form": settings.SITE_URL + feedback, **_contact(statement)},
        "enforcement": _enforcement(statement),
        "licence": settings.DATA_LICENCE,
    }
    found: dict[str, Any] = _plain(told)
    return found


def _contact(statement: Statement) -> dict[str, Any]:
    return {
        "address": _lines(statement.contact_address),
        "email": statement.contact_email,
        "telephone": statement.contact_phone,
        "answerWithinDays": statement.answer_days,
    }


def _enforcement(statement: Statement) -> dict[str, Any]:
    return {
        "name": statement.enforcement_name,
        "address": _lines(statement.enforcement_address),
        "website": statement.enforcement_url,
        "email": statement.enforcement_email,
        "telephone": statement.enforcement_phone,
        "legalBasis": statement.enforcement_law,
    }


def _barrier(barrier: Barrier) -> dict[str, Any]:
    texts = {name: _texts(barrier, name) for name in ("part", "reason", "alternative")}
    return {"ground": barrier.ground, **texts}


def _texts(thing: Any, field: str) -> dict[str, str] | None:
    found = {language: getattr(thing, f"{field}{ending}") for language, ending in _LANGUAGES}
    return {language: text for language, text in found.items() if text} or None


def _lines(text: str) -> list[str] | str:
    return text if settings.PLACEHOLDER in text else [line.strip() for line in text.split("|")]


def _plain(value: Any) -> Any:
    """Days as ISO 8601; nothing instead of empty texts and of facts that are still owed."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return None if value == "" or settings.PLACEHOLDER in str(value) else value
