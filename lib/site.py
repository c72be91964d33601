"""What the operator calls the site, in the language of the page (settings SITE_NAME and so on)."""

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def site_name(language: str = "") -> str:
    """The site's name in that language, else in the active one."""
    return _told("SITE_NAME", language)


def site_tagline() -> str:
    """The line below the name."""
    return _told("SITE_TAGLINE") or _("Events on digital public services")


def site_about() -> str:
    """What the site is, in a sentence for its foot."""
    return _told("SITE_ABOUT") or _(
        "%(name)s is the open directory of congresses, trade fairs and workshops on the digital public"
        " sector: with dates, places, organisers, people and sources."
    ) % {"name": site_name()}


def _told(setting: str, language: str = "") -> str:
    english = getattr(settings, f"{setting}_EN") if (language or get_language()) == "en" else ""
    return str(english or getattr(settings, setting))
