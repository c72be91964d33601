"""Which entries of a noun a person may see and change: an app that knows says it, all its pages ask.

Django's permissions say what somebody may do with entries of a kind; a scope says with which of them.
"""

from typing import Any, Protocol

from django.db.models import Model, QuerySet


class Scope(Protocol):
    def visible(self, user: Any, entries: Any) -> QuerySet[Any]:
        """Those of the entries that the person may see."""

    def may(self, user: Any, right: str, entry: Any) -> bool:
        """Asked where the person has the permission for this kind. `right`: view, change or delete."""


_scopes: dict[str, Scope] = {}


def bind(model: str, scope: Scope) -> None:
    """`model` is a label such as "events.Event". An app does so in its `AppConfig.ready()`."""
    _scopes[model] = scope


def visible(user: Any, entries: QuerySet[Any]) -> QuerySet[Any]:
    scope = _scopes.get(entries.model._meta.label)
    return scope.visible(user, entries) if scope else entries


def may(user: Any, right: str, entry: Model) -> bool:
    scope = _scopes.get(entry._meta.label)
    return scope.may(user, right, entry) if scope else True
