"""What every noun of the directory has in common."""

import uuid
from typing import Any

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lib.fields import SLUG, matches

# Identifiers of entries that bring none: the same slug gets the same one in every installation, people apart.
UID_NAMESPACE = uuid.UUID("6f1b0e0c-7d0b-5b7e-9a53-0d5b0a4c2e11")


def default_uid(noun: str, slug: str) -> uuid.UUID:
    """The identifier of an entry that is made from a record without one (RFC 9562 §5.5, name-based).

    An event's is made of its slug alone: calendars knew events by it before other nouns had one. A person's
    is keyed with the installation's secret: mirrors keep it after the person was erased, and nobody shall
    find out by it whether a name that they guess was meant.
    """
    if noun == "speaker":
        return uuid.UUID(bytes=salted_hmac(UID_NAMESPACE.hex, slug).digest()[:16], version=4)
    return uuid.uuid5(UID_NAMESPACE, slug if noun == "event" else f"{noun}:{slug}")


class Noun(models.Model):
    """A thing with an address of its own and a `uid` that outlasts the address.

    `modified_at` is kept by database triggers: it rises with whatever an output tells of the thing.
    """

    slug = models.SlugField(
        _("address name"),
        max_length=80,
        unique=True,
        help_text=_(
            "Part of the page's address. When it changes, the old address keeps working and "
            "leads to the new one."
        ),
    )
    uid = models.UUIDField(
        _("permanent identifier"), unique=True, default=uuid.uuid4, db_default=RandomUUID(), editable=False
    )
    created_at = models.DateTimeField(_("created"), db_default=Now(), editable=False)
    modified_at = models.DateTimeField(_("changed"), db_default=Now(), editable=False)
    is_sample = models.BooleanField(_("sample"), default=False, db_default=False, editable=False)

    class Meta:
        abstract = True


def slug_rule(table: str) -> models.CheckConstraint:
    """The constraint on a noun's slug: lower-case ASCII words joined by single hyphens."""
    return matches("slug", SLUG, f"{table}_slug_is_plain", empty=False)


def in_language(thing: Any, field: str) -> str:
    """The English text of a field where English is active and given, else the German one."""
    english = getattr(thing, f"{field}_en") if get_language() == "en" else ""
    return english or getattr(thing, field)


def language_of(thing: Any, field: str) -> str:
    """Which language `in_language` answers in: "de" or "en"; for `lang` attributes."""
    return "en" if get_language() == "en" and getattr(thing, f"{field}_en") else "de"
