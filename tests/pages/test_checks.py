"""`check --deploy` names what an operator still owes, and is content with the example."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core import checks
from django.test import override_settings

from pages.checks import contact, licence, link, placeholder, repealed_law, review, statement
from tests.factories import NOW, TODAY
from tests.pages.operator import example, legal

pytestmark = pytest.mark.django_db
READY = {
    "CONTACT_EMAIL": "stadt@example.org",
    "REPORT_RECIPIENTS": ["a@example.org", "b@example.org"],
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "SECURITY_CONTACT": "mailto:sicherheit@example.org",
    "SECURITY_POLICY_URL": "",
}


def found(check, **changes):
    facts = {name: changes.pop(name) for name in list(changes) if name in settings.LEGAL}
    with override_settings(LEGAL=legal(**facts), **READY | changes):
        return [message.msg for message in check(at=NOW)]


@pytest.mark.parametrize("check", [placeholder, contact, review, repealed_law, statement, link])
def test_a_complete_operator_owes_nothing(check):
    assert found(check) == []


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("https://creativecommons.org/publicdomain/zero/1.0/", []),
        ("", [(checks.WARNING, "No licence is declared for the data.")]),
        ("CC0", [(checks.ERROR, "DATA_LICENCE is 'CC0', which is no address.")]),
    ],
)
def test_a_licence_that_is_missing_is_missed(settings, value, told):
    settings.DATA_LICENCE = value
    assert [(message.level, message.msg) for message in licence()] == told


def test_each_owed_fact_is_named_with_its_variable():
    owed = legal(OPERATOR_NAME=settings.PLACEHOLDER, ACCESSIBILITY_CREATED_ON=None)
    with override_settings(LEGAL=owed):
        assert [(message.id, message.msg) for message in placeholder()] == [
            ("pages.placeholder", "OPERATOR_NAME is not set."),
            ("pages.placeholder", "ACCESSIBILITY_CREATED_ON is not set."),
        ]


def test_a_placeholder_inside_a_text_is_found():
    assert found(placeholder, OPERATOR_ADDRESS=f"Rathausplatz 1|{settings.PLACEHOLDER}") == [
        "OPERATOR_ADDRESS is not set."
    ]


@pytest.mark.parametrize(
    ("days_ago", "is_late"), [(0, False), (365, False), (366, False), (367, True), (3000, True)]
)
def test_the_review_is_late_after_a_year(days_ago, is_late):
    reviewed = TODAY - dt.timedelta(days=days_ago)
    assert bool(found(review, ACCESSIBILITY_REVIEWED_ON=reviewed)) is is_late


def test_a_review_in_the_future_is_refused():
    assert "lies ahead" in found(review, ACCESSIBILITY_REVIEWED_ON=TODAY + dt.timedelta(days=1))[0]


@pytest.mark.parametrize(
    "text",
    ["Angaben nach § 5 TMG", "§ 55 Abs. 2 RStV", "Telemediengesetz", "Rundfunkstaatsvertrag", "§ 25 TTDSG"],
)
def test_repealed_laws_are_found(text):
    assert found(repealed_law, OPERATOR_EDITOR=text) == [
        "OPERATOR_EDITOR names a law that is no longer in force."
    ]


def test_laws_in_force_are_not_mistaken_for_repealed_ones():
    assert found(repealed_law, OPERATOR_EDITOR="§ 18 MStV, § 25 TDDDG, Firma ATMG") == []


@pytest.mark.parametrize(
    ("setting", "value", "word"),
    [
        ("CONTACT_EMAIL", "", "CONTACT_EMAIL"),
        ("CONTACT_EMAIL", "keine Adresse", "CONTACT_EMAIL"),
        ("REPORT_RECIPIENTS", [], "REPORT_RECIPIENTS"),
        ("REPORT_RECIPIENTS", ["a@example.org", "b"], "REPORT_RECIPIENTS"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "Mail is not sent"),
        ("SECURITY_CONTACT", "", "SECURITY_CONTACT"),
        ("SECURITY_CONTACT", "sicherheit@example.org", "SECURITY_CONTACT"),
    ],
)
def test_whoever_cannot_be_reached_is_told(setting, value, word):
    (message,) = found(contact, **{setting: value})
    assert word in message


@pytest.mark.parametrize(
    "changes",
    [
        {"ACCESSIBILITY_STATUS": "mostly"},
        {"ACCESSIBILITY_METHOD": "guess"},
        {"ACCESSIBILITY_REVIEWED_ON": dt.date(2020, 1, 1)},
        {"ACCESSIBILITY_STATUS": "partly", "ACCESSIBILITY_BARRIERS": []},
        {"ACCESSIBILITY_BARRIERS": {"part": "Karte"}},
        {"ACCESSIBILITY_BARRIERS": ["Karte"]},
        {"ACCESSIBILITY_BARRIERS": [{"part": "Karte", "reason": "", "ground": "burden"}]},
        {"ACCESSIBILITY_BARRIERS": [{"part": "Karte", "reason": "Aufwand", "ground": "laziness"}]},
    ],
)
def test_a_statement_that_says_too_little_is_refused(changes):
    assert len(found(statement, **changes)) == 1


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("ENFORCEMENT_URL", "www.example.org"),
        ("PRIVACY_AUTHORITY_URL", "http://example.org"),
        ("SECURITY_POLICY_URL", "x"),
        ("EASY_LANGUAGE_URL", "http://example.org/leicht"),
        ("SIGN_LANGUAGE_URL", "gebaerden"),
    ],
)
def test_links_have_to_be_addresses(setting, value):
    assert len(found(link, **{setting: value})) == 1


def test_the_checks_belong_to_deployment_only():
    ours = checks.registry.registry.get_checks(include_deployment_checks=True)
    plain = checks.registry.registry.get_checks()
    assert {contact, review, placeholder} <= set(ours)
    assert not {contact, review, placeholder} & set(plain)


def test_the_example_file_is_complete_and_clean():
    """The whole way: environment, settings, `check --deploy`."""
    secrets = {"SECRET_KEY": "0123456789abcdefghij" * 3, "METRICS_TOKEN": ""}
    values = example() | secrets | {"ACCESSIBILITY_REVIEWED_ON": dt.date.today().isoformat()}
    variables = os.environ | values | {"PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=variables, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_example_names_every_setting_of_the_operator():
    assert set(settings.LEGAL) <= set(example())
