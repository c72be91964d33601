"""`check --deploy` fails while the operator owes a fact that the law wants on the site."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils import timezone

from pages.models import LONGEST_REVIEW, Conformance, Ground, Method, Statement
from pages.statements import barriers_of, stated

DAYS = ("ACCESSIBILITY_EVALUATED_ON", "ACCESSIBILITY_CREATED_ON", "ACCESSIBILITY_REVIEWED_ON")
ADDRESSES = ("PRIVACY_AUTHORITY_URL", "ENFORCEMENT_URL")
WORDS = {"ACCESSIBILITY_STATUS": Conformance.values, "ACCESSIBILITY_METHOD": Method.values}
# Settings that a published statement takes the place of, and those of them that other pages ask for as well.
OF_STATEMENT = ("ACCESSIBILITY_", "ENFORCEMENT_")
ASKED_ELSEWHERE = ("ACCESSIBILITY_LAW", "ACCESSIBILITY_ANSWER_DAYS")
# Laws that are no longer in force, by the names under which they still stand in many an imprint.
REPEALED = {
    r"\bTMG\b|Telemediengesetz": "§ 5 DDG",
    r"\bRStV\b|Rundfunkstaatsvertrag": "§ 18 MStV",
    r"\bTTDSG\b": "§ 25 TDDDG",
}
PRINTING_BACKENDS = ("console", "dummy", "filebased", "locmem")

Found = Iterator[tuple[str, str]]


def deploy_check(look: Callable[..., Found]) -> Callable[..., list[CheckMessage]]:
    """Registers a check of `--deploy` that yields (what is wrong, remedy); its id is its name."""

    def check(app_configs: Any = None, *, at: dt.datetime | None = None, **kwargs: Any) -> list[CheckMessage]:
        found = look(at or timezone.now())
        return [Error(wrong, hint=remedy, id=f"pages.{look.__name__}") for wrong, remedy in found]

    register(check, Tags.compatibility, deploy=True)
    return check


@deploy_check
def placeholder(at: dt.datetime) -> Found:
    """Every fact that the pages owe is there: in the settings, or in the statement that editors published."""
    is_published = stated().is_published
    for name, value in settings.LEGAL.items():
        if is_published and name.startswith(OF_STATEMENT) and name not in ASKED_ELSEWHERE:
            continue
        if settings.PLACEHOLDER in str(value) or (name in DAYS and value is None):
            yield f"{name} is not set.", f"Set {name}; config/settings.py says what it holds."


@deploy_check
def contact(at: dt.datetime) -> Found:
    """Visitors can write to somebody, and what they report arrives."""
    if not _is_email(settings.CONTACT_EMAIL):
        yield "CONTACT_EMAIL is not an e-mail address.", "§ 5 DDG asks for one: set CONTACT_EMAIL."
    recipients = settings.REPORT_RECIPIENTS
    if not recipients or not all(map(_is_email, recipients)):
        yield (
            "REPORT_RECIPIENTS holds no e-mail address, or something else.",
            "Set it to those who answer reports of barriers and of wrong entries.",
        )
    if any(f".{name}." in settings.EMAIL_BACKEND for name in PRINTING_BACKENDS):
        yield "Mail is not sent but printed or dropped.", "Set EMAIL_URL to the mail server."
    if not re.match(r"(mailto:|tel:|https://)\S+$", settings.SECURITY_CONTACT):
        yield (
            "SECURITY_CONTACT is no mailto:, tel: or https: address.",
            "Set SECURITY_CONTACT, or CONTACT_EMAIL from which it is made (RFC 9116 § 2.5.3).",
        )


@deploy_check
def review(at: dt.datetime) -> Found:
    """The accessibility statement was reviewed within a year."""
    one = stated()
    reviewed = one.reviewed_on
    remedy = "publish a new version" if one.is_published else "set ACCESSIBILITY_REVIEWED_ON"
    if reviewed is None:
        return
    today = timezone.localdate(at)
    if reviewed > today:
        yield f"The last review of the accessibility statement lies ahead: {reviewed}.", f"Please {remedy}."
    elif today - reviewed > LONGEST_REVIEW:
        yield (
            f"The accessibility statement was last reviewed on {reviewed}, more than a year ago.",
            f"Review it (BITV 2.0 § 7 asks for it every year) and {remedy}.",
        )


@deploy_check
def repealed_law(at: dt.datetime) -> Found:
    """No text of the operator names a law that is not in force any more."""
    published = in_published(stated())
    own = {f"{name}.md in LEGAL_TEXTS": text for name, text in settings.LEGAL_TEXTS.items()}
    for name, value in {**settings.LEGAL, **published, **own}.items():
        for pattern, successor in REPEALED.items():
            if re.search(pattern, str(value)):
                yield f"{name} names a law that is no longer in force.", f"Name its successor: {successor}."


def in_published(one: Statement) -> dict[str, Any]:
    """{what: text} of a statement that editors have published; nothing of the settings'."""
    if not one.is_published:
        return {}
    texts = [one.facts(), *(barrier.facts() for barrier in barriers_of(one))]
    return {"The accessibility statement": " ".join(str(value) for told in texts for value in told.values())}


@deploy_check
def statement(at: dt.datetime) -> Found:
    """The accessibility statement is complete and does not contradict itself."""
    one = stated()
    if one.is_published:
        # What else could be wrong keeps it from being published, or the database from taking it.
        if one.answer_days < settings.LEGAL["ACCESSIBILITY_ANSWER_DAYS"]:
            yield (
                f"The accessibility statement promises an answer within {one.answer_days} days.",
                "Set ACCESSIBILITY_ANSWER_DAYS to that, or publish a new version.",
            )
        return
    yield from _in_settings()


def _in_settings() -> Found:
    for name, words in WORDS.items():
        value = settings.LEGAL[name]
        if value not in (*words, settings.PLACEHOLDER):
            yield f"{name} is {value!r}.", f"Set it to one of: {', '.join(words)}."
    prepared, reviewed = (settings.LEGAL[f"ACCESSIBILITY_{what}_ON"] for what in ("CREATED", "REVIEWED"))
    if prepared and reviewed and reviewed < prepared:
        yield (
            f"ACCESSIBILITY_REVIEWED_ON, {reviewed}, lies before ACCESSIBILITY_CREATED_ON, {prepared}.",
            "A statement is reviewed on the day on which it is written, or later.",
        )
    barriers, status = settings.LEGAL["ACCESSIBILITY_BARRIERS"], settings.LEGAL["ACCESSIBILITY_STATUS"]
    if status in ("partly", "not") and not barriers:
        yield (
            f"ACCESSIBILITY_STATUS is {status!r}, but ACCESSIBILITY_BARRIERS names no part.",
            "Name each part that is not accessible, with the reason (§ 12b (2) no. 1 BGG).",
        )
    if not isinstance(barriers, list) or not all(map(_is_barrier, barriers)):
        yield (
            "ACCESSIBILITY_BARRIERS is no list of barriers.",
            f"Each is an object with part, reason and ground (one of: {', '.join(Ground.values)}).",
        )


@deploy_check
def link(at: dt.datetime) -> Found:
    """What is linked is an address."""
    for name in ADDRESSES:
        value = settings.LEGAL[name]
        if settings.PLACEHOLDER not in value and not _is_address(value):
            yield f"{name} is {value!r}.", "Set it to an address as in https://www.example.org/path"
    for name in ("EASY_LANGUAGE_URL", "SIGN_LANGUAGE_URL"):
        if getattr(settings, name) and not _is_address(getattr(settings, name)):
            yield f"{name} is no https address.", "Set it to one, or leave it out."
    if settings.SECURITY_POLICY_URL and not _is_address(settings.SECURITY_POLICY_URL):
        yield "SECURITY_POLICY_URL is no https address.", "Set it to one, or leave it out (RFC 9116 § 2.5.7)."


def licence(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Whoever wants to use the data is told whether they may. Without a licence nobody may do much."""
    if not settings.DATA_LICENCE:
        remedy = "Set DATA_LICENCE, to https://creativecommons.org/publicdomain/zero/1.0/ for instance."
        return [Warning("No licence is declared for the data.", hint=remedy, id="pages.licence")]
    if not _passes(URLValidator(schemes=["http", "https"]), settings.DATA_LICENCE):
        wrong = f"DATA_LICENCE is {settings.DATA_LICENCE!r}, which is no address."
        return [Error(wrong, hint="Set it to the address of the licence.", id="pages.licence")]
    return []


register(licence, Tags.compatibility, deploy=True)


def _is_barrier(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and bool(value.get("part") and value.get("reason"))
        and value.get("ground") in Ground.values
    )


def _is_email(text: str) -> bool:
    return _passes(validate_email, text)


def _is_address(text: str) -> bool:
    return _passes(URLValidator(schemes=["https"]), text)


def _passes(validator: Callable[[str], None], text: str) -> bool:
    try:
        validator(text)
    except ValidationError:
        return False
    return True
