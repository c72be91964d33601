"""Requests made of the survey's addresses and of hostile values. Number and seed decide what one is."""

import re
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote_from_bytes

from tools.fuzz.ground import Ground
from tools.fuzz.values import value

METHODS = {
    "GET": 78,
    "POST": 10,
    "HEAD": 4,
    "OPTIONS": 2,
    "PUT": 1,
    "PATCH": 1,
    "DELETE": 1,
    "TRACE": 1,
    "QUERY": 1,
    "get": 1,
}
# What a part of a path may hold as it is; all else is percent-encoded, unless a request is to be broken.
PLAIN = b"-._~!$&'()*+,;=:@"
FORM = "application/x-www-form-urlencoded"
# The whole catalogue takes a hundred times as long as a page, whatever is asked of it: asked for less often.
WHOLE = re.compile(r"katalog|catalogue\.")
# Headers that something reads, with values that mean something to it.
HEADERS: dict[str, list[bytes]] = {
    "Accept": [b"text/html", b"application/json", b"*/*;q=0", b"a/b/c,,;q=x"],
    "Accept-Encoding": [b"gzip", b"br;q=1, gzip;q=0.5", b"identity;q=0, *;q=0", b"gzip;q=" + b"9" * 50],
    "Accept-Language": [b"en", b"de-DE-x-" + b"a" * 300, b"*;q=0"],
    "If-None-Match": [b"*", b'"x"', b'W/"' + b"a" * 400 + b'"', b'","' * 50, b'W/"'],
    "If-Modified-Since": [b"Thu, 01 Jan 1970 00:00:00 GMT", b"Thu, 99 Jan 99999 00:00:00 GMT", b"yesterday"],
    "If-Match": [b"*", b'"x"'],
    "Range": [b"bytes=0-0", b"bytes=-1,5-2,99999999999999999999-", b"items=1"],
    "Cookie": [b"session=" + b"a" * 32, b"csrf=x; csrf=y", b"sessionid=\x80\xff", b"=;=;" * 40,
               b"__Host-session=\"\\"],
    "Origin": [b"null", b"https://evil.example", b"http://127.0.0.1:99999"],
    "Referer": [b"http://[", b"https://evil.example/", b"//\xff"],
    "Host": [b"evil.example", b"127.0.0.1:", b"[::1", b"a" * 300, b"127.0.0.1:99999999"],
    "X-Forwarded-For": [b"127.0.0.1, ::ffff:0:0", b"<zqx>", b"1" * 500],
    "X-Forwarded-Host": [b"evil.example"],
    "X-Forwarded-Proto": [b"https", b"zqx"],
    "HX-Request": [b"true", b"\xff"],
    "HX-Current-URL": [b"http://[", b"\tjavascript:zqx", b"https://evil.example/"],
    "Sec-Fetch-Site": [b"same-origin", b"cross-site"],
    "Authorization": [b"Bearer zqx", b"Basic \xff", b"Bearer"],
    "Content-Type": [b"text/plain; charset=zqx", b"multipart/form-data", b"application/json", b"\xff",
                     b"multipart/form-data; boundary=" + b"x" * 300, b"a" * 300],
    "Content-Length": [b"-1", b"x", b"0", b"99999999999999999999", b"20000000"],
    "X-HTTP-Method-Override": [b"DELETE"],
    "Expect": [b"100-continue", b"zqx"],
    "Transfer-Encoding": [b"chunked", b"zqx"],
    "Zqx": [b"zqx"],
}  # fmt: skip


@dataclass(frozen=True)
class Request:
    """`target` is what stands in the request line; `headers` go without Host where it is the server's own."""

    method: str
    target: bytes
    headers: list[tuple[str, bytes]] = field(default_factory=list)
    body: bytes = b""


@dataclass(frozen=True)
class Keys:
    """What this site hands out before it takes a form: the forms' own token, and cookie and token of the
    sign-in."""

    token: str = ""
    cookie: str = ""
    csrf: str = ""


class Maker:
    def __init__(self, ground: Ground, seed: int, keys: Keys = Keys()) -> None:
        self.ground, self.seed, self.keys = ground, seed, keys
        self._names = list(ground.parameters)
        self._public = [one for one in ground.addresses if not one.is_guarded]

    def make(self, number: int) -> Request:
        """The request of that number."""
        random = Random(f"{self.seed}:{number}")
        method = random.choices(list(METHODS), list(METHODS.values()))[0]
        target = self._path(random) + self._query(random)
        headers, body = self._headers(random), b""
        if method in ("POST", "PUT", "PATCH"):
            kind, body = self._body(random)
            headers = [(name, told) for name, told in headers if name != "Content-Type"] if kind else headers
            headers += [("Content-Type", kind.encode())] if kind else []
            if self.keys.cookie and random.random() < 0.5:
                headers = [(name, told) for name, told in headers if name != "Cookie"]
                headers.append(("Cookie", self.keys.cookie.encode()))
        return Request(method, target, headers, body)

    def _path(self, random: Random) -> bytes:
        # There are more addresses for editors, and most of them only lead to the sign-in.
        address = random.choice(self._public if random.random() < 0.88 else self.ground.addresses)
        if WHOLE.search(address.path) and random.random() < 0.95:
            address = random.choice(self._public)
        path = b""
        for piece in address.path.replace("{", "}").split("}"):
            path += self._part(piece, address.noun, random) if piece in address.parameters else piece.encode()
        chance = random.random()
        if chance < 0.03:
            return path + self._encoded(value(random), random)
        if chance < 0.06:
            return path.replace(b"/", random.choice([b"//", b"/./", b"/../", b"%2f", b"/%2e%2e/", b";/"]))
        if chance < 0.08:
            return path.rstrip(b"/") or b"/"
        return path

    def _part(self, name: str, noun: str, random: Random) -> bytes:
        """What stands for a parameter of the path: mostly something that is there."""
        if random.random() < 0.3:
            return self._encoded(value(random), random) or b"x"
        if name in ("year", "month"):
            return str(
                random.choice([0, 1, 3, 12, 13, 99, 1899, 1900, 2026, 2027, 2199, 2200, 9999, 10**9])
            ).encode()
        if name == "code":
            return random.choice(self.ground.codes).encode()
        if name in ("slug", "id", "uid"):
            return random.choice(self.ground.slugs[noun]).encode()
        return str(random.choice([1, 2, 7, "event-1", "event", "series-1", "events", "mode"])).encode()

    def _query(self, random: Random) -> bytes:
        count = random.choices([0, 1, 2, 3, 5, 12, 120], [18, 30, 22, 14, 10, 5, 1])[0]
        if not count:
            return b""
        pairs = [self._pair(random) for _ in range(count)]
        if random.random() < 0.1:
            pairs += [pairs[0]] * random.choice([1, 3, 60])
        return b"?" + random.choices([b"&", b";", b"&&"], [96, 2, 2])[0].join(pairs)

    def _pair(self, random: Random) -> bytes:
        name = random.choice(self._names)
        known = self.ground.parameters[name]
        told = random.choice(known).encode() if known and random.random() < 0.5 else value(random)
        spoken = self._encoded(name.encode() if random.random() < 0.97 else value(random)[:80], random)
        return spoken if random.random() < 0.02 else spoken + b"=" + self._encoded(told, random)

    def _encoded(self, told: bytes, random: Random) -> bytes:
        """As it stands in an address; now and then not as it should."""
        chance = random.random()
        if chance < 0.02:
            # No blank and no end of line, or the request line would end there.
            return bytes(letter for letter in told if letter > 32)
        if chance < 0.03:
            return quote_from_bytes(told).replace("%", "%25").encode()
        if chance < 0.04:
            return quote_from_bytes(told).replace("%", "%u00").encode()
        return (
            quote_from_bytes(told, safe=PLAIN).encode()
            if chance < 0.3
            else quote_from_bytes(told, "").encode()
        )

    def _headers(self, random: Random) -> list[tuple[str, bytes]]:
        count = random.choices([0, 1, 3, 12], [70, 20, 8, 2])[0]
        made = []
        for name in random.sample(list(HEADERS), count):
            told = random.choice(HEADERS[name])
            if random.random() < 0.2:
                told = bytes(letter for letter in value(random) if letter > 31 or letter == 9)[:2_000]
            made.append((name, told))
        return made

    def _body(self, random: Random) -> tuple[str, bytes]:
        """(type of the content, content); without a type that of the headers stands."""
        told = [(name, value(random)) for name in random.sample(self.ground.fields, random.randint(1, 6))]
        if random.random() < 0.5:
            told += [(name, one.encode()) for name, one in self._signed()]
        chance = random.random()
        if chance < 0.7:
            return FORM, b"&".join(
                quote_from_bytes(name.encode()).encode() + b"=" + self._encoded(one, random)
                for name, one in told
            )
        if chance < 0.9:
            return "multipart/form-data; boundary=zqx", _parts(told, random)
        return "", value(random)

    def _signed(self) -> list[tuple[str, str]]:
        return [("token", self.keys.token), ("csrfmiddlewaretoken", self.keys.csrf), ("message", "zqx")]


def _parts(told: list[tuple[str, bytes]], random: Random) -> bytes:
    """A form in parts, some of them files, some with an end that is missing."""
    body = b""
    for name, one in told:
        of_file = random.choice(
            [b"", b'; filename="a.png"', b'; filename="../../x"', b"; filename*=utf-8''%ff"]
        )
        kind = random.choice([b"", b"Content-Type: image/png\r\n", b"Content-Transfer-Encoding: base64\r\n"])
        body += b'--zqx\r\nContent-Disposition: form-data; name="' + name.encode() + b'"' + of_file + b"\r\n"
        body += kind + b"\r\n" + one + b"\r\n"
    return body + random.choice([b"--zqx--\r\n", b"", b"--zqx", b"--zqx\r\n"])
