"""What must hold of every answer, whatever was asked."""

import re
import shlex
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from tools.fuzz.asking import Request
from tools.fuzz.wire import Answer

# Seconds; on a busy machine an answer may take longer, so whoever is slow is asked once more, alone.
SLOWEST = 5.0
# oEmbed 1.0 wants this for a format that is unknown.
ALLOWED = {(b"/oembed", 501)}
# The mark behind what would end the text or the attribute that it stands in.
BARE = re.compile(rb"<zqx|\"zqx=")
MARKUP = re.compile(r"^(text/html|image/svg|application/(xhtml|atom|rdf)?\+?xml|text/xml)")
TOLD_TOO_MUCH = (
    b"Traceback (most recent call last)",
    b"psycopg2.",
    b"DATABASE_URL",
    b"django.core.exceptions",
)
# Sent with every answer of the site itself, errors included.
ALWAYS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}


def findings(request: Request, answer: Answer, site: str) -> Iterator[str]:
    """What is wrong with an answer of the site at that address (scheme, host and port)."""
    if not answer.status and keeps_waiting(request):
        return
    if not answer.status:
        yield f"no answer ({answer.seconds:.1f} s)"
        return
    if answer.status >= 500 and (request.target.partition(b"?")[0], answer.status) not in ALLOWED:
        yield f"answers {answer.status}"
    if _is_markup(answer) and BARE.search(answer.body):
        yield "gives back what was sent without escaping it"
    if answer.header("Zqx-Injected"):
        yield "lets a header in"
    yield from _told(request, answer, site)


def keeps_waiting(request: Request) -> bool:
    """Whether it announces more than it sends: the server waits for the rest, as long as for slow clients."""
    return any(
        name == "Content-Length" and told.isdigit() and int(told) > len(request.body)
        for name, told in request.headers
    )


def _told(request: Request, answer: Answer, site: str) -> Iterator[str]:
    location = answer.header("Location")
    # In parts, since a wrong Host is refused before anything else happens.
    if location and urlsplit(urljoin(f"{site}/", location)).netloc != urlsplit(site).netloc:
        yield f"leads elsewhere: {location[:80]}"
    if any(words in answer.body for words in TOLD_TOO_MUCH):
        yield "tells of its inside"
    if _is_ours(answer):
        for name, told in ALWAYS.items():
            if answer.header(name) != told:
                yield f"has no {name}"
        if not answer.header("Content-Security-Policy"):
            yield "has no Content-Security-Policy"


def _is_markup(answer: Answer) -> bool:
    return bool(MARKUP.match(answer.header("Content-Type")))


def _is_ours(answer: Answer) -> bool:
    """Not of the server below, which refuses by itself what is no HTTP, in words of no language."""
    return bool(answer.header("Content-Language"))


def curl(request: Request, site: str) -> str:
    """The same request for a terminal."""
    words = ["curl", "-sS", "-i", "--path-as-is", "-g", "-X", request.method]
    line = " ".join(map(shlex.quote, words))
    for name, told in request.headers:
        line += f" -H {_quoted(f'{name}: '.encode() + told)}"
    if request.body:
        line += f" --data-binary {_quoted(request.body)}"
    return f"{line} {_quoted(site.encode() + request.target)}"


def _quoted(told: bytes) -> str:
    """For bash, letters beyond ASCII by their numbers."""
    plain = told.isascii() and told.decode("ascii").isprintable()
    if plain:
        return shlex.quote(told.decode("ascii"))
    letters = (chr(one) if 32 <= one < 127 and one not in b"'\\" else f"\\x{one:02x}" for one in told)
    return f"$'{''.join(letters)}'"
