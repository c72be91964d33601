"""Asks a site in a configuration of its own for everything it has: a process for itself, since settings are
read once. Nothing stays in the database.

    python -m tests.branding.walking OUT   (variables in the environment)
"""

import json
import os
import sys
from pathlib import Path

FOLDER = Path(__file__).parent / "second"


def environment():
    """{variable: value} of the second authority; its files lie beside."""
    lines = (FOLDER / "environment").read_text(encoding="utf-8").splitlines()
    files = {
        "LOGO": str(FOLDER / "logo.svg"),
        "LOGO_DARK": str(FOLDER / "logo-dark.svg"),
        "LEGAL_TEXTS": str(FOLDER / "texts"),
    }
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#")) | files


def told(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return {
        "status": response.status_code,
        "headers": dict(response.headers),
        "body": content.decode("latin-1"),
    }


def public(client, cast):
    """{"language name": answer} of every public address."""
    from django.conf import settings
    from django.urls import reverse
    from django.utils import translation

    from tests.test_urls import PUBLIC, values

    found = {}
    for language, _name in settings.LANGUAGES:
        for name, wanted in PUBLIC:
            known = values(cast, name)
            with translation.override(language):
                url = reverse(name, kwargs={parameter: known[parameter] for parameter in wanted})
            asked = {"url": settings.SITE_URL} if name == "oembed" else {}
            token = {"Authorization": f"Bearer {settings.METRICS_TOKEN}"}
            headers = token if name == "metrics" else {}
            found[f"{language} {name}"] = told(client.get(url, asked, headers=headers))
    for path in ("/gibt-es-nicht/", "/en/"):
        found[path] = told(client.get(path))
    return found


def editors(client):
    """The same of pages that an editor sees."""
    from django.contrib.auth.models import User
    from django.urls import reverse

    found = {"editors admin:login": told(client.get(reverse("admin:login")))}
    client.force_login(User.objects.create_superuser("ada", "ada@seenland.example"))
    names = ("admin:index", "admin:events_event_changelist", "admin:events_venue_add", "account")
    return found | {f"editors {name}": told(client.get(reverse(name))) for name in names}


def mails():
    """[sender, subject and text] of what a reported error and a forgotten password send."""
    from django.core import mail
    from django.urls import reverse

    from accounts.signing.mails import send_link, settle
    from feedback.mails import report_mail
    from feedback.models import Report

    report_mail(Report(pk=1, kind="error", message="Falsch", page="/", language="de")).send()
    send_link("https://termine.seenland.example" + reverse("admin:index"), "ada", "ada@seenland.example")
    settle()
    return [f"{one.from_email}\n{one.subject}\n{one.body}" for one in mail.outbox]


def walk(out):
    import django

    django.setup()
    import time_machine
    from django.db import transaction
    from django.test import Client
    from django.test.utils import setup_test_environment

    from tests.cast import make_cast
    from tests.factories import NOW

    class Visitor(Client):
        """Behind a proxy that ends TLS."""

        def generic(self, *args, **more):
            return super().generic(*args, **more | {"secure": True})

    setup_test_environment()
    client = Visitor(headers={"host": os.environ["SITE_URL"].partition("://")[2]})
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        cast = make_cast(is_stated=False)
        found = {"pages": public(client, cast), "mails": mails()}
        found["pages"] |= editors(client)
        transaction.set_rollback(True)
    Path(out).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    walk(sys.argv[1])
