"""Where addresses in outputs lead: the settings as every builder of an output gets them."""

from django.conf import settings
from django.utils.translation import get_language

from events.outputs.facts import Site
from lib.site import site_name


def output_site(language: str = "") -> Site:
    """The site in that language, else in the active one."""
    return Site(
        url=settings.SITE_URL,
        name=site_name(language),
        language=language or get_language() or settings.LANGUAGE_CODE,
        licence=settings.DATA_LICENCE,
    )
