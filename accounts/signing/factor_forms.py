"""Codes and security keys: allauth's forms, with failures counted in the database, each code good once."""

import hmac
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as app
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn import forms as keys
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.fernet import InvalidToken
from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models.sign_in import Method, Subject
from accounts.signing.forms import Plain
from accounts.signing.guesses import Guess

LONGEST_CODE = 20
# Where an app's row keeps the last time step that was used.
LAST_STEP = "last_step"


def step_of(secret: str, code: str) -> int | None:
    """The time step of a code, among those that count now (RFC 6238, 5.2); None for a wrong one."""
    typed = "".join(code.split())
    for step in totp.yield_hotp_counters_from_time():
        if hmac.compare_digest(
            typed.encode(), totp.format_hotp_value(totp.hotp_value(secret, step)).encode()
        ):
            return step
    return None


@transaction.atomic
def use_code(authenticator: Authenticator, code: str) -> bool:
    """Whether the app's code is right and newer than any before; written down, so in every process."""
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    step = step_of(get_adapter().decrypt(row.data["secret"]), code)
    if step is None or step <= row.data.get(LAST_STEP, 0):
        return False
    row.data[LAST_STEP] = step
    row.save(update_fields=["data"])
    return True


class GuardedCode(Plain):
    """A code of the app, or a recovery code."""

    labels = {"code": _("Code")}
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        look = {"autofocus": True, "inputmode": "numeric", "autocomplete": "one-time-code"}
        self.fields["code"].widget.attrs |= look | {"maxlength": LONGEST_CODE}

    def clean_code(self) -> str:
        guess = Guess(context.request, Subject.SECOND, self.user.get_username())
        guess.begin()
        code: str = self.cleaned_data["code"]
        found = self._that_takes(code)
        if found is None:
            guess.wrong(Method.APP)
            raise get_adapter().validation_error("incorrect_code")
        guess.right()
        self.authenticator = found
        found.user = self.user
        return code

    def _that_takes(self, code: str) -> Authenticator | None:
        """The app or the list of recovery codes to which the code belongs; it is used up by that."""
        for one in Authenticator.objects.filter(user=self.user).exclude(type=Authenticator.Type.WEBAUTHN):
            is_app = one.type == Authenticator.Type.TOTP
            try:
                if use_code(one, code) if is_app else one.wrap().validate_code(code):
                    # As it is now, the step or the used code included.
                    return Authenticator.objects.get(pk=one.pk)
            except InvalidToken:
                # The secret key has changed without its predecessor being kept.
                continue
        return None


class CodeForm(GuardedCode, codes.AuthenticateForm):
    pass


class ConfirmCodeForm(GuardedCode, codes.ReauthenticateForm):
    pass


class AddAppForm(Plain, app.ActivateTOTPForm):
    labels = {"code": _("Code that the app shows")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": LONGEST_CODE}


def must_come_from_here(response: Any) -> None:
    """The browser says on which site the key was used: this one, to the letter (WebAuthn 2, 7.1 and 7.2)."""
    if response.response.client_data.origin != settings.SITE_URL:
        raise get_adapter().validation_error("incorrect_code")


class GuardedKey(Plain):
    user: Any

    def clean_credential(self) -> Authenticator:
        guess = Guess(context.request, Subject.SECOND, self.user.get_username())
        guess.begin()
        try:
            must_come_from_here(webauthn.parse_authentication_response(self.cleaned_data["credential"]))
            found: Authenticator = super().clean_credential()  # type: ignore[misc]
        except (forms.ValidationError, KeyError, AttributeError):
            # Whatever a browser does not send by itself is no key either.
            guess.wrong(Method.KEY)
            raise get_adapter().validation_error("incorrect_code") from None
        guess.right()
        return found


class KeyForm(GuardedKey, keys.AuthenticateWebAuthnForm):
    pass


class ConfirmKeyForm(GuardedKey, keys.ReauthenticateWebAuthnForm):
    pass


class AddKeyForm(Plain, keys.AddWebAuthnForm):
    labels = {"name": _("Name of the key")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["maxlength"] = 60

    def clean(self) -> dict[str, Any]:
        try:
            credential = self.cleaned_data.get("credential")
            if credential:
                must_come_from_here(webauthn.parse_registration_response(credential))
            cleaned: dict[str, Any] = super().clean() or {}
        except (KeyError, AttributeError, ValueError) as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned


class NameKeyForm(Plain, keys.EditWebAuthnForm):
    labels = {"name": _("Name of the key")}
