"""One-way digests by which somebody is recognised who must not be named."""

import hashlib

_SALT = b"kongressatlas.erased"


def digest_of(text: str) -> str:
    """Slow on purpose (scrypt, RFC 7914), so that names cannot be tried by the million; 64 hex digits."""
    plain = text.strip().lower().encode()
    return hashlib.scrypt(plain, salt=_SALT, n=2**11, r=8, p=1, dklen=32).hex()
