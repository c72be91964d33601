"""What somebody might put where a word, a number or a day is expected. Bytes, since not all of it is text."""

from collections.abc import Callable
from random import Random

# Letters that stand in no name: where they come back as they are, a page has not escaped them.
MARK = b"zqx"
REFLECTED = b"<zqx'\"=&>"
# A line of a header that no answer may bear.
INJECTED = b"\r\nZqx-Injected: 1\r\n\r\n<zqx>"

WORDS = [
    b"verwaltung",
    "Straße".encode(),
    b"KI",
    b"cloud",
    b"2027",
    b"Berlin",
    b"a",
    b"digital*",
    b'"smart city"',
    b"-open",
    b"data OR 1",
    b"*",
    b"title:x",
    b"k\xc3\xb6ln",
    b"digitalisierungsbeschleunigungsgesetz",
]
NUMBERS = [
    b"0",
    b"-1",
    b"1",
    b"2",
    b"00001",
    b"+1",
    b" 1 ",
    b"1.0",
    b"1e9",
    b"1_000",
    b"0x10",
    b"NaN",
    b"Infinity",
    b"2147483647",
    b"2147483648",
    b"-9223372036854775809",
    b"9223372036854775808",
    b"9" * 40,
    b"9" * 5_000,
    "٣".encode(),
    "½".encode(),
    "²".encode(),
    "１".encode(),
]
DAYS = [
    b"2027-03-01",
    b"2027-02-29",
    b"0000-00-00",
    b"0001-01-01",
    b"9999-12-31",
    b"10000-01-01",
    b"-2027-01-01",
    b"1899-12-31",
    b"2200-12-31",
    b"2201-01-01",
    b"2027-13-45",
    b"2027-W01-1",
    b"20270101",
    b"01.02.2027",
    b"heute",
    b"today",
    b"1.3.",
    b"M\xc3\xa4rz 2027",
    b"2027-03-28T02:30:00",
    b"2027-03-28T02:30:00+99:99",
    b"2027-03-01T00:00:00Z",
    b"0001-01-01T00:00:00+14:00",
    b"9999-12-31T23:59:59-14:00",
    "٢٠٢٧-٠١-٠١".encode(),
]
LETTERS = [
    "\u202eabc".encode(),
    "\u2028x\u2029".encode(),
    "e\u0301\u0323".encode(),
    "👩‍👩‍👧‍👦".encode(),
    "\ufeffa".encode(),
    "ﬁ".encode(),
    "ẞİı".encode(),
    "\U0010ffff".encode(),
    "\u0000".encode(),
    b"a\x00b",
    b"\x7f\x1b[31m",
    b"\t\n\r",
    "ا".encode() * 30,
    ("a" + "\u0301" * 200).encode(),
]
BROKEN = [
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    b"\xf4\x90\x80\x80",
    b"\xe2\x82",
    b"\x80",
    b"\xfc\x83\xbf\xbf\xbf\xbf",
    "Köln".encode("latin-1"),
    "Köln".encode("utf-16"),
]
ATTACKS = [
    REFLECTED,
    b'"' + MARK + b"=",
    b"'" + MARK + b"=",
    b"</script><zqx>",
    b"\tjavascript:zqx",
    INJECTED,
    b"' OR '1'='1",
    b"1; SELECT pg_sleep(6)--",
    b"\\",
    b"%",
    b"%s%(x)s%n",
    b"%%",
    b"_%_%",
    b"{{7*7}}{%x%}",
    b"${jndi:ldap://127.0.0.1/}",
    b"../../../../etc/passwd",
    b"..\\..\\",
    b"/etc/passwd\x00.png",
    b"//evil.example/",
    b"https://evil.example/",
    b"\\\\evil.example\\",
    b"=1+1",
    b"[](){}^$.|?*+",
    b"(a+)+$" + b"a" * 60,
    b"<!--",
    b"&lt;zqx&gt;",
    b"*:*&",
    b"null",
    b"undefined",
    b"[]",
    b"{}",
    b"true",
]

Maker = Callable[[Random], bytes]


def huge(random: Random) -> bytes:
    """Long in one of the ways that make a program slow: letters, words, pieces, brackets, zeros."""
    piece = random.choice([b"a", b"a ", b"a-", b"(", b"9", b"%", b"\xc3\xa4", b",", b"und ", b"&amp;"])
    return piece * random.choice([101, 201, 600, 2_001, 7_000])


def noise(random: Random) -> bytes:
    return random.randbytes(random.randint(1, 24))


def mixed(random: Random) -> bytes:
    """Two values beside one another, the mark in between."""
    return random.choice(LETTERS + WORDS) + MARK + random.choice(ATTACKS + BROKEN)


MAKERS: list[tuple[Maker, int]] = [
    (lambda random: random.choice(WORDS), 20),
    (lambda random: random.choice(NUMBERS), 12),
    (lambda random: random.choice(DAYS), 12),
    (lambda random: random.choice(LETTERS), 8),
    (lambda random: random.choice(BROKEN), 6),
    (lambda random: random.choice(ATTACKS), 18),
    (mixed, 8),
    (noise, 6),
    (huge, 4),
    (lambda random: b"", 4),
]
_MAKE, _WEIGHTS = [make for make, _weight in MAKERS], [weight for _make, weight in MAKERS]


def value(random: Random) -> bytes:
    """One value of any kind."""
    return random.choices(_MAKE, _WEIGHTS)[0](random)
