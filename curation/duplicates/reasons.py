"""Why two entries are suspected, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lib.editing.forms import Text

_WORDS: dict[str, Text] = {
    "same_days": _("same days"),
    "common_days": _("common days"),
    "same_edition": _("same edition number"),
    "numbers": _("different numbers"),
    "years": _("different years"),
    "same_city": _("same town"),
    "other_city": _("another town"),
    "other_state": _("another state"),
    "other_country": _("another country"),
    "other_kind": _("another kind"),
    "same_series": _("same series"),
    "other_series": _("another series"),
    "registration": _("same registration address"),
    "link": _("same website"),
    "source": _("common source"),
    "same_organisers": _("common organisers"),
    "other_organisers": _("other organisers"),
    "same_organisation": _("same organisation"),
    "same_office": _("same office"),
    "other_role": _("other offices and organisations"),
    "identifier": _("same identifier"),
    "short_name": _("name and short name agree"),
    "same_position": _("same position"),
    "same_street": _("same street"),
    "other_street": _("another street"),
}
# What makes it less likely comes last.
_AGAINST = {"numbers", "years"}


def told(reasons: Iterable[Iterable[object]]) -> list[str]:
    """The reasons of a suspicion, what speaks against it last."""
    known = [(str(code), int(str(number))) for code, number in reasons]
    known.sort(key=lambda reason: reason[0] in _AGAINST or reason[0].startswith("other_"))
    return [text for code, number in known if (text := _told(code, number))]


def _told(code: str, number: int) -> str:
    if code == "title":
        return str(_("title %(number)d %% alike") % {"number": number})
    if code == "name":
        return str(_("name %(number)d %% alike") % {"number": number})
    if code == "days_apart":
        return ngettext("%(number)d day apart", "%(number)d days apart", number) % {"number": number}
    return str(_WORDS.get(code, ""))
