"""Who asks, as far as a server may know: the network of an address, and a digest that forgets it."""

import datetime as dt
import re
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# What may be an address: four numbers, or groups with at least two colons; whether it is one, is looked at.
_ADDRESS = re.compile(
    r"(?<![\w.:])(?:(?=[0-9a-f]*:[0-9a-f]*:)[0-9a-f:]{2,39}(?:\.\d{1,3}){0,3}(?![\w:])"
    r"|\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d))",
    re.I,
)


def digest_of(request: HttpRequest, at: dt.datetime, salt: str) -> str:
    """A keyed digest of the shortened address, new every day: it tells floods, not people."""
    return salted_hmac(salt, f"{at:%Y-%m-%d} {shortened(address_of(request))}").hexdigest()[:32]


def shortened(address: str) -> str:
    """The network of an address: /24 of IPv4, /48 of IPv6; "unknown" where it is unreadable."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    return str(ip_network((found, 24 if found.version == 4 else 48), strict=False))


def truncated(text: str) -> str:
    """The text with the network in place of every address in it: for logs and mails."""
    return _ADDRESS.sub(_network, text)


def _network(found: re.Match[str]) -> str:
    network = shortened(found[0])
    return found[0] if network == "unknown" else network


def is_local(request: HttpRequest) -> bool:
    """Whether the request comes from this very machine, as far as one can tell."""
    try:
        return ip_address(address_of(request).strip()).is_loopback
    except ValueError:
        return False


def address_of(request: HttpRequest) -> str:
    """The visitor's address: what the proxy hands on where one is configured, else the peer's."""
    header = settings.CLIENT_ADDRESS_HEADER
    if header:
        return request.headers.get(header, "").rpartition(",")[2]
    return str(request.META.get("REMOTE_ADDR", ""))
