"""Second factors: who needs one, and what allauth asks of us about them."""

import base64
import hashlib
from ipaddress import ip_address
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lib.site import site_name

# Recovery codes alone are none: they stand in for one of these.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_compulsory_for(user: Any) -> bool:
    """Whether this person may do nothing without a second factor. No query where the site asks for none."""
    if settings.SECOND_FACTOR_SUPERUSERS and user.is_superuser:
        return True
    groups = settings.SECOND_FACTOR_GROUPS
    return bool(groups) and user.groups.filter(name__in=groups).exists()


def is_owed_by(user: Any) -> bool:
    """Whether this person has still to set one up. One query, none where the site asks for none."""
    groups, superusers = settings.SECOND_FACTOR_GROUPS, settings.SECOND_FACTOR_SUPERUSERS
    if not groups and not superusers:
        return False
    owner = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    bound = Q(groups__name__in=groups) | (Q(is_superuser=True) if superusers else Q(pk__in=[]))
    people = get_user_model()._default_manager.filter(bound, ~Exists(owner), pk=user.pk)
    return people.exists()


def keys_are_possible() -> bool:
    """Browsers offer security keys to names under https (and to localhost), never to a number."""
    host = settings.SITE_PARTS.hostname
    try:
        ip_address(host)
    except ValueError:
        return host == "localhost" or bool(settings.SITE_IS_HTTPS)
    return False


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This code is not right, or it has been used. Each code works once; please take the next one."
        ),
        "cannot_delete_authenticator": gettext_lazy(
            "Your account needs a second factor. Add another one before you remove this one."
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Recovery codes are made once there is a second factor."
        ),
    }

    def get_totp_label(self, user: Any) -> str:
        return str(user.get_username())

    def get_totp_issuer(self) -> str:
        return site_name()

    def build_totp_svg(self, url: str) -> str:
        """An element of the page itself: the policy allows no picture by a data: address."""
        # Read when somebody sets a second factor up.
        import segno

        code = segno.make(url, error="m", micro=False)
        return str(code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last factor of who needs one stays."""
        if authenticator.type not in FACTORS or not is_compulsory_for(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Key %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Keys are tied to the name in SITE_URL, whatever host a request names (WebAuthn, relying party)."""
        return {"id": settings.SITE_PARTS.hostname, "name": site_name()}

    # -- secrets at rest ---------------------------------------------------------------------------

    @cached_property
    def _vault(self) -> MultiFernet:
        """Encrypts with the secret key, reads with former ones, too: the database alone tells nothing."""
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        digests = [hashlib.sha256(f"accounts.signing.factors {key}".encode()).digest() for key in keys]
        return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])

    def encrypt(self, text: str) -> str:
        return self._vault.encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._vault.decrypt(encrypted_text.encode()).decode()
