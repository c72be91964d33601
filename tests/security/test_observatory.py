"""Our own count of the Observatory's points: each rule gives and takes."""

import pytest

from tests.security.observatory import Answer, points

BEST = {
    "Content-Type": "text/html",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
URL = "https://atlas.example/"
SAFE = "__Host-session=1; Path=/; Secure; HttpOnly; SameSite=Lax"


def test_the_best_there_is():
    assert points(Answer(URL, BEST))[0] == 130
    assert points(Answer(URL, BEST, [SAFE], '<script src="/a.js" integrity="x"></script>'))[0] == 140


CSP = "Content-Security-Policy"
WORSE = [
    ({CSP: ""}, "content_security_policy", -25),
    ({CSP: "default-src 'self'; default-src 'none'"}, "content_security_policy", -25),
    ({CSP: "default-src 'none'; script-src 'unsafe-inline'"}, "content_security_policy", -20),
    ({CSP: "script-src 'self'"}, "content_security_policy", -20),
    ({CSP: "default-src 'none'; img-src http://a.example"}, "content_security_policy", -20),
    ({CSP: "default-src 'none'; script-src 'unsafe-eval'"}, "content_security_policy", -10),
    ({CSP: "default-src 'none'; style-src 'unsafe-inline'"}, "content_security_policy", 0),
    ({CSP: "default-src 'self'"}, "content_security_policy", 5),
    ({CSP: "default-src 'self'"}, "x_frame_options", -20),
    ({CSP: "default-src 'self'", "X-Frame-Options": "DENY"}, "x_frame_options", 0),
    ({"Referrer-Policy": "unsafe-url"}, "referrer_policy", -5),
    ({"Strict-Transport-Security": "max-age=60"}, "strict_transport_security", -10),
    ({"Strict-Transport-Security": ""}, "strict_transport_security", -20),
    ({"X-Content-Type-Options": ""}, "x_content_type_options", -5),
    ({"Cross-Origin-Resource-Policy": "cross-origin"}, "cross_origin_resource_policy", 0),
    ({"Cross-Origin-Resource-Policy": "nobody"}, "cross_origin_resource_policy", -5),
    (
        {"Access-Control-Allow-Origin": "https://a.example", "Access-Control-Allow-Credentials": "true"},
        "cross_origin_resource_sharing",
        -50,
    ),
]


@pytest.mark.parametrize(("headers", "test", "number"), WORSE)
def test_what_is_missing_costs(headers, test, number):
    assert points(Answer(URL, BEST | headers))[1][test] == number


@pytest.mark.parametrize(
    ("cookie", "number"),
    [
        (SAFE, 5),
        ("a=1; Secure", 0),
        ("a=1; SameSite=Lax", -5),
        ("session=1; HttpOnly; SameSite=Lax", -10),
        ("session=1; Secure; SameSite=Lax", -30),
        ("csrf=1; Secure", -20),
    ],
)
def test_cookies(cookie, number):
    assert points(Answer(URL, BEST, [cookie]))[1]["cookies"] == number


@pytest.mark.parametrize(
    ("way", "number"),
    [
        ([URL], 0),
        (["https://other.example/", URL], -5),
        (["http://atlas.example/a", URL], -10),
        (["http://atlas.example/"], -20),
    ],
)
def test_http_leads_to_https_at_once(way, number):
    assert points(Answer(URL, BEST, insecure=way))[1]["redirection"] == number


def test_scripts_of_others_are_proven():
    page = '<script src="{}"{}></script>'
    for address, proof, number in [
        ("/a.js", "", 0),
        ("/a.js", ' integrity="x"', 5),
        ("https://b.example/a.js", "", -5),
        ("//b.example/a.js", ' integrity="x"', 0),
        ("http://b.example/a.js", ' integrity="x"', -20),
        ("http://b.example/a.js", "", -50),
    ]:
        assert (
            points(Answer(URL, BEST, body=page.format(address, proof)))[1]["subresource_integrity"] == number
        )


def test_nothing_is_given_where_too_much_is_missing():
    assert points(Answer(URL, BEST | {CSP: ""}))[0] == 100 - 25 - 20
