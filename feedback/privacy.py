"""Names in reports: forgotten with a person, erased for who asks, told to who asks."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from feedback.models import Report, ReportQuerySet
from privacy import places, register, subjects, telling
from privacy.digests import digest_of
from privacy.models import Subject
from privacy.places import Way
from privacy.telling import Row, row_of

LABEL = "feedback.Report"
_FIELDS = (
    "kind", "created_at", "name", "email", "message", "page", "event", "state", "settled_at", "answer",
    "earlier_answers", "note",
)  # fmt: skip


def offer_privacy() -> None:
    places.offer(LABEL, Way.STRIKE, "message", "answer", "earlier_answers", "page", "note")
    places.offer(LABEL, Way.BLANK, "name", "email")
    register.offer(Subject.ADDRESS, erase_again)
    subjects.offer(Subject.ADDRESS, lambda address: address.strip() or None, digest_of, erase_address)
    telling.offer(Subject.ADDRESS, gettext_lazy("Reports"), reports)
    telling.offer(Subject.ACCOUNT, gettext_lazy("Reports that the account deals with"), dealt_with)


def of_address(address: str) -> ReportQuerySet:
    found: ReportQuerySet = Report.objects.filter(email__iexact=address.strip())
    return found


def reports(address: str) -> Iterable[Row]:
    return (row_of(report, *_FIELDS) for report in of_address(address).order_by("created_at", "pk"))


def dealt_with(user: Any) -> Iterable[Row]:
    """Nothing of who reported: that is theirs."""
    found = Report.objects.filter(responsible=user).order_by("created_at", "pk")
    return (row_of(report, "id", "kind", "created_at", "state", "settled_at") for report in found)


@transaction.atomic
def erase_address(address: str, at: dt.datetime | None = None) -> int:
    """Name, address and what was answered leave the reports that came from there. Returns how many."""
    register.note(Subject.ADDRESS, digest_of(address), at=at or timezone.now())
    return of_address(address).forget_who_wrote()


def erase_again(erased: Collection[register.Erased], _current_at: Any = None) -> register.Done:
    """Addresses on the list that have come back; what somebody wrote after they were erased stays."""
    moments = {entry.which: entry.moment for entry in erased}
    there = Report.objects.exclude(email="").values_list("email", flat=True) if moments else []
    count = 0
    for address in set(there):
        if moment := moments.get(digest_of(address)):
            count += of_address(address).received_before(moment).forget_who_wrote()
    return register.Done(count)
