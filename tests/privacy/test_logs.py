"""No log tells who asked: what the web server writes down is the network at most."""

import re

import pytest
from django.urls import reverse

from tests.sources import ROOT

CONF = (ROOT / "deploy" / "nginx" / "kongressatlas.conf").read_text()
MAP = re.search(r"map \$remote_addr \$kongressatlas_network \{\n(.*?)\n\}", CONF, re.S)[1]


def network(address):
    """What the map of nginx makes of an address: the first pattern that fits."""
    for line in MAP.splitlines():
        pattern, told = line.strip().rstrip(";").rsplit(None, 1)
        pattern = pattern.strip('"')
        if pattern == "default":
            return told
        found = re.search(pattern.removeprefix("~").replace("(?<", "(?P<"), address)
        if found:
            return told.replace("$front", found["front"])
    raise AssertionError(address)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"),
        ("2001:db8:1::6", "2001:db8:1::"),
        ("2001:db8::6", "2001:db8::"),
        # What stands behind two colons belongs to the last 80 bits.
        ("2001::1:2:3:4", "2001::"),
        ("2001:db8::1:2:3", "2001:db8::"),
        ("::1", "-"),
        ("unix:", "-"),
    ],
)
def test_addresses_are_truncated(address, told):
    assert network(address) == told


def test_the_log_has_no_link_for_a_new_password():
    lines = re.search(r"map \$uri \$kongressatlas_path \{\n(.*?)\n\}", CONF, re.S)[1].splitlines()
    (pattern, told), default = (line.strip().rstrip(";").split() for line in lines)
    link = reverse("account_reset_password_from_key", kwargs={"uidb36": "3", "key": "geheim"})
    assert re.search(pattern.removeprefix("~"), link)
    assert link.startswith(told.removesuffix("-"))
    assert not re.search(pattern.removeprefix("~"), reverse("account_reset_password_from_key_done"))
    assert default == ["default", "$uri"]


def test_the_log_has_the_network_only():
    log_format = re.search(r"log_format .*?;", CONF, re.S)[0]
    assert "$kongressatlas_network" in log_format
    assert "$kongressatlas_path" in log_format
    for address in (
        "$uri",
        "$remote_addr",
        "$http_x_forwarded_for",
        "$proxy_add",
        "$args",
        "$request_uri",
        "$http_referer",
    ):
        assert address not in log_format
