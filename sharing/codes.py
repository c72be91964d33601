"""Short addresses of events, which stay although their titles and slugs change: /e/4k3m9q2dx.

The nine letters are the first 45 bits of the event's UID in base 32, without letters that people confuse
(Crockford). Of 700,000 directories with 10,000 events each, one has two events that share them; the one
entered first keeps them.
"""

import io
import uuid

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 9
_REST = 128 - 5 * LENGTH
# What people write for the digits 0 and 1.
_MISREAD = str.maketrans("oil", "011")


def code_of(uid: uuid.UUID) -> str:
    bits = uid.int >> _REST
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(LENGTH)))


def uids_of(code: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    """The first and the last UID that a code stands for; None if it is no code."""
    letters = code.lower().translate(_MISREAD)
    if len(letters) != LENGTH or any(letter not in ALPHABET for letter in letters):
        return None
    bits = 0
    for letter in letters:
        bits = bits << 5 | ALPHABET.index(letter)
    first = bits << _REST
    return uuid.UUID(int=first), uuid.UUID(int=first | (1 << _REST) - 1)


def qr_svg(address: str, title: str) -> bytes:
    """The address as a QR code (ISO/IEC 18004), an SVG that takes any size, with its quiet zone on white."""
    # Read with the first code that is asked for; few processes are asked for one.
    import segno

    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        target, kind="svg", title=title, border=4, dark="#000", light="#fff", omitsize=True
    )
    return target.getvalue()
