"""The points that MDN's HTTP Observatory gives an answer over https, with the rules it publishes.

A baseline of 100; each test takes or gives some. What is given counts only where 90 are left without it. Own
words for the rules at https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring (version 5).
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urljoin, urlsplit

BASELINE, LEAST_FOR_MORE = 100, 90
BROAD = {"*", "http:", "https:", "ftp:", "http://*", "https://*"}
INLINE = {"'unsafe-inline'", "data:"}
SIX_MONTHS = 15_552_000
GOOD_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


@dataclass
class Answer:
    """What one address says over https; `insecure` are those that http leads to, one after another."""

    url: str
    headers: dict[str, str]
    cookies: list[str] = field(default_factory=list)
    body: str = ""
    insecure: list[str] = field(default_factory=list)

    def header(self, name):
        return next((told.strip() for one, told in self.headers.items() if one.lower() == name), "")


def points(answer):
    """(sum, {test: points})."""
    told = {test.__name__: test(answer) for test in TESTS}
    lost = BASELINE + sum(number for number in told.values() if number < 0)
    more = sum(number for number in told.values() if number > 0)
    return (lost + more if lost >= LEAST_FOR_MORE else max(lost, 0)), told


def policy(answer):
    """{directive: sources}, None where a directive stands twice."""
    found = {}
    for part in filter(None, (part.split() for part in answer.header("content-security-policy").split(";"))):
        name = part[0].lower()
        if name in found:
            return None
        found[name] = {source.lower() for source in part[1:]} or {"'none'"}
    return found


def content_security_policy(answer):
    told = policy(answer)
    if not told:
        return -25
    scripts, styles, objects = (
        told.get(name, told.get("default-src", {"*"})) for name in ("script-src", "style-src", "object-src")
    )
    if scripts & (BROAD | INLINE) or objects & BROAD:
        return -20
    if any(source.startswith(("http:", "ftp:")) for sources in told.values() for source in sources):
        return -20
    if "'unsafe-eval'" in scripts | styles:
        return -10
    if styles & (BROAD | INLINE):
        return 0
    return 10 if told.get("default-src") == {"'none'"} else 5


def cookies(answer):
    if not answer.cookies:
        return 0
    parsed = [one for text in answer.cookies for one in SimpleCookie(text).values()]
    worst = min(_cookie(one, strict_transport_security(answer) >= 0) for one in parsed)
    if worst < 0:
        return worst
    return 5 if all(one["samesite"] for one in parsed) else 0


def _cookie(one, is_https_only):
    name = one.key.lower()
    is_session, is_token = "sess" in name or "login" in name, "csrf" in name
    if is_session and not one["secure"]:
        return -10 if is_https_only else -40
    if is_session and not one["httponly"]:
        return -30
    if one["samesite"].lower() not in ("", "lax", "strict", "none") or (is_token and not one["samesite"]):
        return -20
    if not one["secure"]:
        return -5 if is_https_only else -20
    return 0


def cross_origin_resource_sharing(answer):
    is_open = answer.header("access-control-allow-origin") not in ("", "*")
    return -50 if is_open and answer.header("access-control-allow-credentials").lower() == "true" else 0


def redirection(answer):
    if not answer.insecure:
        return 0
    first, last = urlsplit(answer.insecure[0]), urlsplit(answer.insecure[-1])
    if last.scheme != "https":
        return -20
    if first.scheme != "https":
        return -10
    return 0 if first.hostname == urlsplit(answer.url).hostname else -5


def referrer_policy(answer):
    told = answer.header("referrer-policy")
    if not told:
        return 0
    return 5 if told.split(",")[-1].strip().lower() in GOOD_REFERRERS else -5


def strict_transport_security(answer):
    """Five more are given to hosts on the browsers' list alone, which no test can be."""
    found = re.search(r"max-age=(\d+)", answer.header("strict-transport-security"))
    if not found:
        return -20
    return 0 if int(found[1]) >= SIX_MONTHS else -10


class Scripts(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "script" and dict(attributes).get("src"):
            self.found.append(dict(attributes))


def subresource_integrity(answer):
    if not answer.header("content-type").startswith("text/html"):
        return 0
    worst, is_proven = 0, False
    for script in Scripts(answer.body).found:
        target = urlsplit(urljoin(answer.url, script["src"]))
        if target.hostname == urlsplit(answer.url).hostname:
            is_proven |= bool(script.get("integrity"))
        elif script.get("integrity"):
            worst = min(worst, 0 if target.scheme == "https" else -20)
        else:
            worst = min(worst, -5 if target.scheme == "https" else -50)
    return worst or (5 if is_proven else 0)


def x_content_type_options(answer):
    return 0 if answer.header("x-content-type-options").lower() == "nosniff" else -5


def x_frame_options(answer):
    if (policy(answer) or {}).get("frame-ancestors"):
        return 5
    return 0 if answer.header("x-frame-options").lower() in ("deny", "sameorigin") else -20


def cross_origin_resource_policy(answer):
    told = answer.header("cross-origin-resource-policy").lower()
    return {"": 0, "same-origin": 10, "same-site": 10, "cross-origin": 0}.get(told, -5)


TESTS = [
    content_security_policy, cookies, cross_origin_resource_sharing, redirection, referrer_policy,
    strict_transport_security, subresource_integrity, x_content_type_options, x_frame_options,
    cross_origin_resource_policy,
]  # fmt: skip
