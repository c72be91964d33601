"""Who may post: forms handed out by this site a moment ago, from this site, by people."""

import datetime as dt

import pytest
from django.core.signing import Signer

from feedback import guards
from tests.factories import NOW

SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("age", "is_timely"),
    [
        (0 * SECOND, False),
        (1 * SECOND, False),
        (2 * SECOND, True),
        (DAY, True),
        (DAY + SECOND, False),
        (-10 * SECOND, False),
    ],
)
def test_a_form_is_neither_too_young_nor_too_old(age, is_timely):
    assert guards.is_timely(guards.new_token(NOW - age), NOW) is is_timely


MADE_UP = {
    "none": "",
    "no signature": "1",
    "no seconds": Signer(salt="feedback.form").sign("yesterday"),
    "wrong signature": f"{int(NOW.timestamp()) - 10}:forged",
    "of another form": Signer(salt="other").sign(str(int(NOW.timestamp()) - 10)),
    "no text": "\x00",
    "huge": "ß:" * 5000,
}


@pytest.mark.parametrize("kind", MADE_UP)
def test_a_token_cannot_be_made_up(kind):
    assert guards.is_timely(MADE_UP[kind], NOW) is False


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, False),
        ({"origin": "http://testserver"}, True),
        ({"origin": "https://kongresse.example"}, True),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "https://testserver.evil.example"}, False),
        ({"origin": "null"}, False),
        ({"referer": "http://testserver/barriere-melden/"}, True),
        ({"referer": "https://evil.example/?http://testserver/"}, False),
        ({"referer": "http://["}, False),
    ],
)
def test_only_this_site_may_post(rf, settings, headers, is_ours):
    settings.SITE_URL = "https://kongresse.example"
    settings.SITE_PARTS = settings.SITE_PARTS._replace(netloc="kongresse.example")
    assert guards.comes_from_here(rf.post("/barriere-melden/", headers=headers)) is is_ours


def test_the_digest_holds_for_a_network_and_a_day(rf, settings):
    def sender(address, at=NOW):
        return guards.sender_of(rf.post("/", REMOTE_ADDR=address), at)

    ours = sender("203.0.113.77")
    assert ours == sender("203.0.113.200")
    assert ours not in {sender("203.0.114.77"), sender("203.0.113.77", NOW + DAY)}
    assert len(ours) == 32
    settings.SECRET_KEY = "another key"
    assert ours != sender("203.0.113.77")


def test_a_proxy_may_hand_on_the_address(rf, settings):
    """The last entry is the proxy's own; what stands before it, visitors may have sent."""
    direct = guards.sender_of(rf.post("/", REMOTE_ADDR="203.0.113.77"), NOW)
    request = rf.post("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "1.2.3.4, 203.0.113.5"})
    assert guards.sender_of(request, NOW) != direct
    settings.CLIENT_ADDRESS_HEADER = "X-Forwarded-For"
    assert guards.sender_of(request, NOW) == direct


def test_a_network_may_send_so_many_in_an_hour(make_report, settings):
    settings.REPORTS_PER_HOUR = 2
    make_report(sender="a", created_at=NOW - dt.timedelta(minutes=59))
    make_report(sender="a", created_at=NOW - dt.timedelta(minutes=61))
    make_report(sender="b")
    assert not guards.is_flooding("a", NOW)
    make_report(sender="a")
    assert guards.is_flooding("a", NOW)
    assert not guards.is_flooding("a", NOW + dt.timedelta(minutes=2))
