"""Who belongs to which organisation, and who signed in when."""

from accounts.models.membership import Membership

__all__ = ["Membership"]
