"""Memberships on the trail of their organisation: an undone merge leaves nobody another's rights."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from trail import registry, rights
from trail.planning import Plan

MODEL = "accounts.Membership"


def register_all() -> None:
    registry.detail("organisation", MODEL, "organisation")
    rights.guard(memberships)


def memberships(request: HttpRequest, plan: Plan) -> str:
    """Rights come back only by the hand of who may give them."""
    touched = any(row.model == MODEL for row in plan.rows)
    if touched and not request.user.has_perm("accounts.change_membership"):
        return _("This would change who belongs to which organisation.")
    return ""
