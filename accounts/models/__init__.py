"""Who belongs to which organisation, and who signed in when."""

from accounts.models.membership import Membership
from accounts.models.sign_in import Lock, SignIn

__all__ = ["Lock", "Membership", "SignIn"]
