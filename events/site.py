"""Where addresses in outputs lead: the settings as every builder of an output gets them."""

from django.conf import settings
from django.utils.translation import get_language

from events.outputs.facts import Site


def output_site(language: str = "") -> Site:
    """The site in that language, else in the active one."""
    return Site(
        url=settings.SITE_URL,
        name=settings.SITE_NAME,
        language=language or get_language() or settings.LANGUAGE_CODE,
        licence=settings.DATA_LICENCE,
    )
