"""Reads what an operator gives the site as a file or as a colour: once, at the start.

What is read stands in the settings as plain text and numbers, so the shelf notices when it changes.
"""

import hashlib
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

# Media types by the ending of a file; what a browser shows in <img> and what harms nobody there.
PICTURES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
}
# A logo stands on every page.
LARGEST_PICTURE = 300_000
LANGUAGES = ("de", "en")
# The pages that take a text of the operator's, and how: below what stands there, or instead of it. The
# accessibility statement is data of the editors' site.
TEXTS = ("imprint", "imprint.instead", "privacy", "privacy.instead")


def picture(name: str, place: str) -> dict[str, str]:
    """{path, type, digest} of the picture that the variable names; nothing where it names none."""
    if not place:
        return {}
    path = Path(place)
    if path.suffix.lower() not in PICTURES:
        raise ImproperlyConfigured(f"{name} is {place!r}, but must end with one of: {', '.join(PICTURES)}")
    content = _content(name, path)
    if len(content) > LARGEST_PICTURE:
        raise ImproperlyConfigured(
            f"{name} is a file of {len(content)} bytes, but must have no more than {LARGEST_PICTURE}."
        )
    digest = hashlib.sha256(content).hexdigest()[:12]
    return {"path": str(path), "type": PICTURES[path.suffix.lower()], "digest": digest}


def colour(name: str, text: str) -> str:
    """The colour as #1f4bb4; empty where there is none."""
    digits = text.removeprefix("#")
    if text and (len(text) != 7 or len(digits) != 6 or set(digits.lower()) - set("0123456789abcdef")):
        raise ImproperlyConfigured(f"{name} is {text!r}, but must be a colour as in #1f4bb4")
    return text.lower()


def languages(name: str, text: str) -> list[str]:
    """The codes of the site's languages in order; the first one bears no prefix in paths."""
    codes = [code.strip() for code in text.split(",")]
    if not set(codes) <= set(LANGUAGES) or len(set(codes)) != len(codes):
        raise ImproperlyConfigured(f"{name} is {text!r}, but must be one of: de; de,en; en,de; en")
    return codes


def texts(name: str, place: str) -> dict[str, str]:
    """{"privacy.de": Markdown} from the files of a folder, such as privacy.de.md; other files are an error.

    A misspelt name would be a text that is missing on the page and that nobody misses.
    """
    if not place:
        return {}
    folder = Path(place)
    if not folder.is_dir():
        raise ImproperlyConfigured(f"{name} is {place!r}, which is no folder that can be read.")
    known = {f"{text}.{language}" for text in TEXTS for language in LANGUAGES}
    found = {path.stem: path for path in sorted(folder.glob("*.md"))}
    if strays := sorted(set(found) - known):
        raise ImproperlyConfigured(
            f"{name} holds {strays[0]}.md, which no page shows. Known are: {', '.join(sorted(known))}."
        )
    return {stem: _content(name, path).decode("utf-8").strip() for stem, path in found.items()}


def _content(name: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise ImproperlyConfigured(
            f"{name} names {path}, which cannot be read: {problem.strerror}."
        ) from None
