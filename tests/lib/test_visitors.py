"""What a server may know of who asks."""

import pytest

from lib.visitors import shortened


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        (" 203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("", "unknown"),
        ("203.0.113.77:4711", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_addresses_are_shortened(address, network):
    assert shortened(address) == network
