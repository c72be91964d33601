"""Nobody is led to another site by an address of this one."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

pytestmark = pytest.mark.django_db
SITE = "http://testserver/"
ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "http:evil.example", "https:///evil.example", "javascript:alert(1)", " //evil.example",
    "/\t/evil.example", "http://testserver@evil.example/",
]  # fmt: skip


@pytest.fixture
def word(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return User.objects.create_superuser("redaktion", password="ein langes Kennwort").username


@pytest.mark.parametrize("target", ELSEWHERE)
def test_after_signing_in_one_stays_here(client, word, target):
    asked = {"username": word, "password": "ein langes Kennwort", "next": target}
    response = client.post(reverse("admin:login"), asked)
    assert response.status_code == 302
    assert response.url == reverse("admin:index")


@pytest.mark.parametrize("name", ["admin:login", "admin:logout", "home", "events:list", "search:search"])
@pytest.mark.parametrize("parameter", ["next", "url", "return", "redirect_to"])
def test_no_parameter_leads_elsewhere(client, name, parameter):
    response = client.get(reverse(name), {parameter: "https://evil.example/"})
    assert urlsplit(urljoin(SITE, response.headers.get("Location", "/"))).netloc == "testserver"


@pytest.mark.parametrize(
    "path",
    ["//evil.example/x", "//evil.example", "/%2f/evil.example", "/\\evil.example", "/en//evil.example"],
)
def test_no_path_leads_elsewhere(client, path):
    response = client.get("/", PATH_INFO=path)
    assert urlsplit(urljoin(SITE, response.headers.get("Location", "/"))).netloc == "testserver"
