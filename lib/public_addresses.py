"""Which IP addresses belong to the internet at large (IANA special-purpose address registries)."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# They look public and lead to others: translated, tunnelled, relayed, or are for examples.
_LEADING_ELSEWHERE = [
    ip_network(text)
    for text in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/32",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "192.0.0.0/24",
        "192.88.99.0/24",
    )
]
Address = IPv4Address | IPv6Address


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the internet at large, also where it wraps another one."""
    try:
        ip: Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if any(ip in network for network in _LEADING_ELSEWHERE):
        return False
    special = ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback or ip.is_link_local
    return ip.is_global and not special and not getattr(ip, "is_site_local", False)
