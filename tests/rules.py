"""Trying to break what the database guards: a rule is named, and so is its refusal."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction


def own_models():
    """All models of the project's own apps."""
    folders = {path.parent.name for path in settings.BASE_DIR.glob("*/apps.py")}
    return [model for model in apps.get_models() if model._meta.app_config.name in folders]


def rules_of(*app_labels):
    """The names of all constraints of these apps' models."""
    return {
        constraint.name
        for model in own_models()
        if not app_labels or model._meta.app_label in app_labels
        for constraint in model._meta.constraints
    }


@contextmanager
def refused(rule):
    """The block must be stopped by the database, for just this reason."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert caught.value.__cause__.diag.constraint_name == rule


@contextmanager
def without_trigger(table, trigger):
    """For rules that a trigger fulfils by itself: what if it were not there?"""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        yield
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")


def try_both_ways(rule, factory, wrong):
    """The wrong values are refused for a new row and for one that is there already."""
    with refused(rule):
        factory(**wrong)
    there = factory()
    with refused(rule):
        type(there).objects.filter(pk=there.pk).update(**wrong)
