"""`check` refuses a look that cannot be read, before anybody sees it."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from lib.palette import LEAST_CONTRAST, unreadable

SHARE_SIZE = (1200, 630)


@register(Tags.compatibility)
def accent(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Links and buttons in the accent can be read on every ground (WCAG 2.2, 1.4.3)."""
    found: list[CheckMessage] = []
    for theme, colour, ground, ratio in unreadable():
        setting = "ACCENT_COLOUR_DARK" if theme == "dark" else "ACCENT_COLOUR"
        way = "brighter" if theme == "dark" else "darker"
        wrong = f"{setting} {colour} has a contrast of {ratio:.2f} on {ground}; text needs {LEAST_CONTRAST}."
        found.append(Error(wrong, hint=f"Choose a {way} one.", id="branding.accent"))
    return found


@register(Tags.compatibility)
def one_dark_accent(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A colour for the dark theme alone would change nothing."""
    if settings.ACCENT_COLOUR_DARK and not settings.ACCENT_COLOUR:
        wrong, hint = "ACCENT_COLOUR_DARK is set without ACCENT_COLOUR.", "Set both, or ACCENT_COLOUR alone."
        return [Error(wrong, hint=hint, id="branding.one_dark_accent")]
    return []


@register(Tags.compatibility)
def logo_for_dark_ground(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A logo that is made for white may vanish on black."""
    if bool(settings.LOGO) == bool(settings.LOGO_DARK):
        return []
    if settings.LOGO_DARK:
        wrong, hint = "LOGO_DARK is set without LOGO.", "Set LOGO, too."
        return [Error(wrong, hint=hint, id="branding.logo_for_dark_ground")]
    return [
        Warning(
            "LOGO is set without LOGO_DARK.",
            hint="Set LOGO_DARK, to the same file if it can be seen on black as well.",
            id="branding.logo_for_dark_ground",
        )
    ]


@register(Tags.compatibility)
def share_picture(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Other sites show pictures of links in one size, and no drawings."""
    if not settings.SHARE_PICTURE:
        return []
    # Web servers check nothing, and need no memory for what reads pictures.
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(settings.SHARE_PICTURE["path"]) as picture:
            told = (picture.format, picture.size)
    except (OSError, UnidentifiedImageError):
        told = (None, (0, 0))
    if told[0] in ("PNG", "JPEG") and told[1] == SHARE_SIZE:
        return []
    wrong = f"SHARE_PICTURE is no PNG or JPEG of {SHARE_SIZE[0]} × {SHARE_SIZE[1]}."
    return [Error(wrong, hint="Save it as one.", id="branding.share_picture")]
