"""Which accessibility statement holds, and how a new one comes to hold."""

import datetime as dt
import logging
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import Error, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pages.models import Barrier, Conformance, Ground, Method, Statement

logger = logging.getLogger(__name__)


def in_force() -> Statement | None:
    """The newest published version with its barriers (2 queries)."""
    return Statement.objects.published().prefetch_related("barriers").first()


def shown() -> Statement:
    """The one in force; before the first is published, what the settings say."""
    return in_force() or from_settings()


def stated() -> Statement:
    """The same for checks, which may run before there is a database."""
    try:
        return shown()
    except Error:
        return from_settings()


def from_settings() -> Statement:
    """A version that is in no database, with the barriers that it would have."""
    legal = settings.LEGAL
    statement = Statement(
        authority=legal["OPERATOR_NAME"],
        law=legal["ACCESSIBILITY_LAW"],
        status=legal["ACCESSIBILITY_STATUS"],
        method=legal["ACCESSIBILITY_METHOD"],
        evaluated_on=legal["ACCESSIBILITY_EVALUATED_ON"],
        prepared_on=legal["ACCESSIBILITY_CREATED_ON"],
        reviewed_on=legal["ACCESSIBILITY_REVIEWED_ON"],
        contact_address=legal["OPERATOR_ADDRESS"],
        contact_email=settings.CONTACT_EMAIL or settings.PLACEHOLDER,
        contact_phone=legal["OPERATOR_PHONE"],
        answer_days=legal["ACCESSIBILITY_ANSWER_DAYS"],
        enforcement_name=legal["ENFORCEMENT_NAME"],
        enforcement_address=legal["ENFORCEMENT_ADDRESS"],
        enforcement_url=legal["ENFORCEMENT_URL"],
        enforcement_law=legal["ENFORCEMENT_LAW"],
        enforcement_email=legal["ENFORCEMENT_EMAIL"],
        enforcement_phone=legal["ENFORCEMENT_PHONE"],
    )
    statement._prefetched_objects_cache = {"barriers": list(_barriers_from_settings())}  # type: ignore[attr-defined]
    return statement


def _barriers_from_settings() -> Iterator[Barrier]:
    told = settings.LEGAL["ACCESSIBILITY_BARRIERS"]
    names = ("part", "part_en", "reason", "reason_en", "alternative", "alternative_en")
    for position, one in enumerate(told if isinstance(told, list) else []):
        if isinstance(one, dict) and one.get("ground") in Ground.values:
            texts = {name: str(one.get(name, "")) for name in names}
            yield Barrier(ground=one["ground"], position=position, **texts)


def barriers_of(statement: Statement) -> list[Barrier]:
    """By ground in the law's order, also of a statement that is in no database."""
    cached = getattr(statement, "_prefetched_objects_cache", {}).get("barriers")
    barriers = list(statement.barriers.all() if cached is None else cached)
    return sorted(barriers, key=lambda one: Ground.values.index(one.ground))


# -- towards a new version ------------------------------------------------------------------------------


@transaction.atomic
def draft() -> Statement:
    """The draft; where there is none, a copy of what holds now. Placeholders stay, so that they are seen."""
    found = Statement.objects.filter(published_at=None).first()
    return found or _copy(shown())


def _copy(source: Statement, **changes: Any) -> Statement:
    facts = source.facts() | changes
    if facts["status"] not in Conformance.values:
        # A draft has to begin with something; nobody may publish it unread.
        facts["status"] = Conformance.NOT
    if facts["method"] not in Method.values:
        facts["method"] = Method.SELF
    made = Statement.objects.create(**facts)
    Barrier.objects.bulk_create(
        Barrier(**(barrier.facts() | {"statement": made})) for barrier in barriers_of(source)
    )
    return made


def owed(statement: Statement, at: dt.datetime | None = None) -> list[str]:
    """What keeps it from being published, in the editors' language."""
    today, found = timezone.localdate(at), []
    for field in statement._meta.concrete_fields:
        value = getattr(statement, field.name)
        is_owed = settings.PLACEHOLDER in str(value)
        if is_owed or (field.name.endswith("_on") and value is None):
            found.append(_("“%(field)s” is still to be entered.") % {"field": field.verbose_name})
        elif field.name.endswith("_on") and value > today:
            found.append(_("“%(field)s” lies ahead.") % {"field": field.verbose_name})
    if statement.status != Conformance.FULL and not barriers_of(statement):
        found.append(_("A website that is not fully compliant names each part that is not accessible."))
    if statement.answer_days < settings.LEGAL["ACCESSIBILITY_ANSWER_DAYS"]:
        found.append(_("Reports of barriers have longer until their answer than is promised here."))
    return found


@transaction.atomic
def publish(statement: Statement, *, by: Any = None, at: dt.datetime | None = None) -> Statement:
    """The draft takes the place of the version in force. Errors: ValueError where something is owed."""
    Statement.objects.select_for_update().filter(pk=statement.pk).first()
    if problems := owed(statement, at):
        raise ValueError(" ".join(problems))
    last = Statement.objects.published().values_list("number", flat=True).first()
    statement.number = (last or 0) + 1
    statement.published_at, statement.published_by = at or timezone.now(), by
    statement.save(update_fields=["number", "published_at", "published_by"])
    return statement


@transaction.atomic
def confirm(*, by: Any = None, at: dt.datetime | None = None) -> Statement:
    """What holds was reviewed today and found right: the same again as a new version.

    A draft that somebody is at stays. Errors: ValueError as in `publish`, or where nothing is published yet.
    """
    current = in_force()
    if current is None:
        raise ValueError(_("Nothing has been published yet."))
    waiting = Statement.objects.filter(published_at=None).first()
    if waiting is not None:
        raise ValueError(_("There is a draft: publish or delete it first."))
    return publish(_copy(current, reviewed_on=timezone.localdate(at)), by=by, at=at)
