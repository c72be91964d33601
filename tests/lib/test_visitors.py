"""What a server may know of who asks."""

import pytest

from lib.visitors import shortened, truncated


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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("client: 203.0.113.77, server", "client: 203.0.113.0/24, server"),
        ("[2001:db8:1:2::6]:443 refused", "[2001:db8:1::/48]:443 refused"),
        ("::ffff:203.0.113.77 asked", "203.0.113.0/24 asked"),
        ("from 203.0.113.77:4711.", "from 203.0.113.0/24:4711."),
        ("at 12:30:45 version 5.2.19, 999.1.1.1", "at 12:30:45 version 5.2.19, 999.1.1.1"),
    ],
)
def test_addresses_in_a_text_are_truncated(text, told):
    assert truncated(text) == told
