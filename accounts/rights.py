"""What a person may do, whatever the kind of entry. Which entries are theirs, the app of the noun knows.

Two questions are kept apart. *What*: Django's permissions, given by group ("may change events"). *Which*: all
entries with the permission `every_entry`; without it only those of the organisations that the person is a
member of, or, without a membership, what the person entered (docs/adr/0022).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from accounts.models import Membership
from organisations.models import Organisation


@dataclass(frozen=True)
class Rights:
    """Costs no query for who is bound to nothing, else one, whatever is asked how often."""

    user: Any

    @cached_property
    def every_entry(self) -> bool:
        """Whether the person is bound to no organisation."""
        return self._has("every_entry")

    @cached_property
    def publishes(self) -> bool:
        """Whether the person publishes and withdraws whatever they may edit."""
        return self._has("publish_entries")

    @cached_property
    def merges(self) -> bool:
        """Merging touches entries of any organisation: only for who is bound to none."""
        return self.every_entry and self._has("merge_entries")

    @cached_property
    def imports(self) -> bool:
        return self._has("import_entries")

    @cached_property
    def memberships(self) -> dict[int, bool]:
        """{key of an organisation: whether the person publishes for it}."""
        if not self.user.is_authenticated:
            return {}
        rows = Membership.objects.filter(user=self.user.pk).order_by()
        return dict(rows.values_list("organisation", "may_publish"))

    @property
    def bound_to(self) -> frozenset[int] | None:
        """The organisations of which one must run an event that the person edits.

        None where that is not asked: for who edits everything, and for authors without a membership.
        """
        if self.every_entry or not self.memberships:
            return None
        return frozenset(self.memberships)

    @property
    def publishes_for(self) -> frozenset[int]:
        """The organisations whose events the person publishes although bound to them."""
        return frozenset(key for key, may in self.memberships.items() if may)

    @property
    def publishes_something(self) -> bool:
        return self.publishes or (not self.every_entry and bool(self.publishes_for))

    def _has(self, name: str) -> bool:
        return bool(self.user.has_perm(f"accounts.{name}"))


def rights_of(user: Any) -> Rights:
    """The person's rights, read once for each `request.user`."""
    known = getattr(user, "_rights", None)
    if known is None:
        known = user._rights = Rights(user)
    return known


class OrganisationScope:
    """Everybody may choose from all organisations; members change their own (lib/editing/scopes.py)."""

    def visible(self, user: Any, entries: QuerySet[Organisation]) -> QuerySet[Organisation]:
        return entries

    def may(self, user: Any, right: str, entry: Organisation) -> bool:
        rights = rights_of(user)
        return right == "view" or rights.every_entry or entry.pk in rights.memberships
