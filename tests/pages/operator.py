"""The fictitious town of config/example.env, as settings."""

import datetime as dt
import json

from django.conf import settings

from tests.factories import TODAY


def example():
    """{variable: value} as the example file gives them."""
    lines = (settings.BASE_DIR / "config" / "example.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def legal(**changes):
    """settings.LEGAL of that town, the statement reviewed a month before TODAY."""
    values = example()
    facts = {name: _read(name, values.get(name, default)) for name, default in settings.LEGAL.items()}
    return facts | {"ACCESSIBILITY_REVIEWED_ON": TODAY - dt.timedelta(days=30)} | changes


def _read(name, value):
    if name.endswith("_DAYS"):
        return int(value)
    if name.endswith("_ON"):
        return dt.date.fromisoformat(value)
    return json.loads(value) if name == "ACCESSIBILITY_BARRIERS" else value
