"""Editors as the tests of signing in know them, and what they type."""

import datetime as dt
import re

import time_machine
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import RequestFactory
from django.urls import reverse

from accounts.signing import mails
from tests.factories import NOW

NAME, PASSWORD = "redaktion", "ein langes Kennwort"
OTHER_PASSWORD = "noch ein langes Kennwort"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_editor(name=NAME, *groups, **facts):
    facts = {"email": f"{name}@example.org", "is_staff": True} | facts
    user = User.objects.create_user(name, password=PASSWORD, **facts)
    user.groups.set([Group.objects.get_or_create(name=group)[0] for group in groups])
    return user


def give_app(user):
    """An authenticator app with SECRET."""
    with context.request_context(RequestFactory().get("/")):
        return TOTP.activate(user, SECRET).instance


def code_at(moment, secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(moment.timestamp()) // 30))


def sign_in(client, name=NAME, password=PASSWORD, **headers):
    return client.post(reverse("account_login"), {"username": name, "password": password}, **headers)


def enter(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def is_inside(client):
    return client.get(reverse("admin:index")).status_code == 200


def problems(answer):
    return [str(problem) for problem in answer.context["form"].non_field_errors()]


def code_problems(answer):
    return [str(problem) for problem in answer.context["form"].errors.get("code", [])]


def later(**span):
    """The clock stands so much after NOW."""
    return time_machine.travel(NOW + dt.timedelta(**span), tick=False)


def sent():
    """The mails that have left since."""
    mails.settle()
    return mail.outbox


def links_in(text):
    return re.findall(r"https?://\S+", text)


def factors_of(user):
    return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def add_app(client):
    """As a person does it: the page, the secret, a code of it."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    code = code_at(NOW, secret)
    return page, client.post(reverse("mfa_activate_totp"), {"code": code}), code
