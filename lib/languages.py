"""The languages of the site (setting LANGUAGES) and how they stand in paths: the first bears no prefix."""

from django.conf import settings


def codes() -> list[str]:
    """The codes of the languages, the default first: "de", "en"."""
    return [code for code, _name in settings.LANGUAGES]


def of_path(path: str) -> str:
    """The language of an address: that of its prefix, else the default."""
    first = path[1:].partition("/")[0]
    return first if first in codes()[1:] else str(settings.LANGUAGE_CODE)


def prefix(code: str) -> str:
    """What paths in that language begin with: "/en", nothing for the default."""
    return "" if code == settings.LANGUAGE_CODE else f"/{code}"


def offered(code: str | None) -> str:
    """That language where the site has it, else the default."""
    return code if code and code in codes() else str(settings.LANGUAGE_CODE)
