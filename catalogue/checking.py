"""Rules that look at several fields of a record.

Every check constraint of the models has its row here under the constraint's name, unless reading sees to
it already, so that a file is refused with a reason for its reader and not with the database's; a test
compares the lists.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.utils import validate_file_name
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.entries import Batch, Entry, Rejection, Values
from events.models.rules import RESERVED_SLUGS
from events.models.series import HASHTAG
from organisations.models import STATE_OF_ARS

NO_TIMEZONE = gettext_lazy("is no time zone of the IANA database, such as Europe/Berlin")
NOT_ITSELF = gettext_lazy("must not be the record itself")
STATE_ELSEWHERE = gettext_lazy("lies in another country")
NO_HASHTAG = gettext_lazy("must be one word that begins with #")
ENDS_BEFORE = gettext_lazy("lies before the start")


@dataclass(frozen=True)
class Rule:
    """`holds` is asked with the record's values; where it does not, `field` is rejected with `reason`."""

    name: str
    field: str
    holds: Callable[[Values], Any]
    reason: Any


def is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def is_file_name(name: str) -> bool:
    """Whether the path stays inside the folder of uploaded files."""
    try:
        validate_file_name(name, allow_relative_path=True)
    except SuspiciousFileOperation:
        return False
    return "\\" not in name


def is_hashtag(values: Values) -> bool:
    return not values["hashtag"] or bool(re.match(HASHTAG, values["hashtag"]))


def agrees_with_state(values: Values) -> bool:
    if not values["ars"] or not values["state"]:
        return True
    return STATE_OF_ARS.get(values["ars"][:2]) == values["state"]


def in_country(values: Values) -> bool:
    return not values["state"] or str(values["state"]).startswith(values["country"])


def not_itself(column: str) -> Callable[[Values], bool]:
    return lambda values: values[column] is None or values[column] != values["slug"]


def has_coordinates(values: Values) -> bool:
    latitude, longitude = values["latitude"], values["longitude"]
    if latitude is None or longitude is None:
        return latitude is longitude
    return bool(-90 <= latitude <= 90 and -180 <= longitude <= 180)


def ends_after_start(values: Values) -> bool:
    if values["end_time"] is None or values["start_time"] is None or values["ends_on"] > values["starts_on"]:
        return True
    return bool(values["end_time"] > values["start_time"])


def adds_up(values: Values) -> bool:
    parts = (values["attendees_onsite"] or 0) + (values["attendees_online"] or 0)
    return values["attendees"] is None or values["attendees"] >= parts


def has_no_times(values: Values) -> bool:
    return values["start_time"] is None and values["end_time"] is None


RECORDS: dict[str, tuple[Rule, ...]] = {
    "organisations": (
        Rule("organisation_state_in_country", "state", in_country, STATE_ELSEWHERE),
        Rule(
            "organisation_ars_agrees_with_state",
            "ars",
            agrees_with_state,
            gettext_lazy("belongs to another state"),
        ),
        Rule("organisation_not_own_parent", "parent", not_itself("parent"), NOT_ITSELF),
        Rule("organisation_not_own_successor", "successor", not_itself("successor"), NOT_ITSELF),
    ),
    "topics": (Rule("topic_not_own_parent", "parent", not_itself("parent"), NOT_ITSELF),),
    "series": (
        Rule("series_hashtag_is_one_word", "hashtag", is_hashtag, NO_HASHTAG),
        Rule("series_not_own_predecessor", "predecessor", not_itself("predecessor"), NOT_ITSELF),
    ),
    "venues": (
        Rule(
            "venue_building_has_city",
            "city",
            lambda v: v["city"] or v["kind"] in ("region", "country", "vessel"),
            gettext_lazy("is missing: only a region, a country or a vessel has no town"),
        ),
        Rule(
            "venue_vague_place_has_no_street",
            "street",
            lambda v: not v["street"] or v["kind"] != "city",
            gettext_lazy("does not fit a place of which only the town is known"),
        ),
        Rule("venue_state_in_country", "state", in_country, STATE_ELSEWHERE),
        Rule(
            "venue_coordinates_valid",
            "latitude",
            has_coordinates,
            gettext_lazy("must come with a longitude, both on the globe"),
        ),
    ),
    "events": (
        Rule(
            "event_slug_is_not_reserved",
            "slug",
            lambda v: v["slug"] not in RESERVED_SLUGS,
            gettext_lazy("is an address of another page"),
        ),
        Rule("timezone", "timezone", lambda v: is_timezone(v["timezone"]), NO_TIMEZONE),
        Rule("event_hashtag_is_one_word", "hashtag", is_hashtag, NO_HASHTAG),
        Rule(
            "event_time_needs_day",
            "start_time",
            lambda v: v["date_precision"] == "day" or has_no_times(v),
            gettext_lazy("needs a date known to the day"),
        ),
        Rule(
            "event_end_time_needs_start_time",
            "end_time",
            lambda v: v["end_time"] is None or v["start_time"] is not None,
            gettext_lazy("needs a start_time"),
        ),
        Rule("event_ends_after_start_on_one_day", "end_time", ends_after_start, ENDS_BEFORE),
        Rule(
            "event_withdrawn_says_when",
            "withdrawn_at",
            lambda v: v["withdrawn_at"] is None or v["state"] == "withdrawn",
            gettext_lazy("needs the state withdrawn"),
        ),
        Rule(
            "event_online_says_how",
            "online_url",
            lambda v: v["mode"] == "onsite" or v["online_url"] or v["online_access"],
            gettext_lazy("is missing: an online part needs online_url or online_access"),
        ),
        Rule(
            "event_onsite_has_no_online_access",
            "online_url",
            lambda v: v["mode"] != "onsite" or not (v["online_url"] or v["online_access"]),
            gettext_lazy("online_url and online_access need the mode online or hybrid"),
        ),
        Rule(
            "event_edition_is_positive",
            "edition",
            lambda v: v["edition"] is None or v["edition"] >= 1,
            gettext_lazy("must be 1 or more"),
        ),
        Rule(
            "event_edition_needs_series",
            "edition",
            lambda v: v["edition"] is None or v["series"] is not None,
            gettext_lazy("needs a series"),
        ),
        Rule("event_not_own_parent", "parent", not_itself("parent"), NOT_ITSELF),
        Rule(
            "event_head_counts_add_up",
            "attendees",
            adds_up,
            gettext_lazy("is less than those on site and online together"),
        ),
        Rule(
            "event_image_has_alt_credit_licence",
            "image",
            lambda v: not v["image"] or (v["image_alt"] and v["image_credit"] and v["image_licence"]),
            gettext_lazy("needs image_alt, image_credit and image_licence"),
        ),
        Rule(
            "image",
            "image",
            lambda v: not v["image"] or is_file_name(v["image"]),
            gettext_lazy("must be a path inside the folder of uploaded files"),
        ),
    ),
}
ROWS: dict[str, tuple[Rule, ...]] = {
    "previous_dates": (
        Rule(
            "previousdate_time_needs_day",
            "start_time",
            lambda v: v["start_time"] is None or v["date_precision"] == "day",
            gettext_lazy("needs a date known to the day"),
        ),
    ),
    "prices": (
        Rule(
            "price_not_negative", "amount", lambda v: v["amount"] >= 0, gettext_lazy("must not be negative")
        ),
        Rule(
            "price_range_in_order",
            "amount_to",
            lambda v: v["amount_to"] is None or v["amount_to"] >= v["amount"],
            gettext_lazy("is less than amount"),
        ),
        Rule(
            "price_currency_is_iso",
            "currency",
            lambda v: re.fullmatch(r"[A-Z]{3}", v["currency"]),
            gettext_lazy("must be three capital letters as in ISO 4217, such as EUR"),
        ),
    ),
    "sessions": (
        Rule(
            "session_time_needs_date",
            "date",
            lambda v: v["date"] is not None or has_no_times(v),
            gettext_lazy("is missing: a time needs a date"),
        ),
        Rule(
            "session_ends_after_start",
            "end_time",
            lambda v: v["start_time"] is None or v["end_time"] is None or v["end_time"] >= v["start_time"],
            ENDS_BEFORE,
        ),
    ),
}
# Constraints that no record can break once it has been read: closed vocabularies, patterns, required
# texts, spans of days in order, whole periods. `loading` sets the moment of publication.
SEEN_TO_BY_READING = re.compile(
    r".*_(known|has_name|has_title|slug_is_plain|is_iso|is_qid|is_key|ends_not_before_start)"
    r"|event_vague_date_(starts|ends)_a_period|event_published_says_when|award_says_what_and_who"
    r"|speaker_anonymised_is_empty|event_year_is_in_reach"
)


def check_all(batch: Batch) -> None:
    """Add to the batch's rejections what breaks a rule; a rejected entry stays in the batch."""
    for entry in batch:
        batch.rejections += check_entry(entry)


def check_entry(entry: Entry) -> Iterator[Rejection]:
    values = entry.values | {"slug": entry.slug}
    for rule in RECORDS.get(entry.section, ()):
        if not rule.holds(values):
            yield Rejection(entry.section, entry.slug, rule.field, str(rule.reason))
    for key, rows in entry.children.items():
        for number, row in enumerate(rows, start=1):
            for rule in ROWS.get(key, ()):
                if not rule.holds(row):
                    path = f"{key}[{number}].{rule.field}"
                    yield Rejection(entry.section, entry.slug, path, str(rule.reason))
    yield from _check_sessions(entry)


def _check_sessions(entry: Entry) -> Iterator[Rejection]:
    """An appearance names one of the event's own sessions."""
    count = len(entry.children.get("sessions", []))
    for number, row in enumerate(entry.children.get("appearances", []), start=1):
        if row["session"] is not None and not 1 <= row["session"] <= count:
            reason = _("there are only %(count)d sessions") % {"count": count}
            yield Rejection(entry.section, entry.slug, f"appearances[{number}].session", reason)
