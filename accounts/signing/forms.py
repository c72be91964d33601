"""Names and passwords: allauth's forms with our words, counted where one can guess."""

from typing import Any

from allauth.account import forms as stock
from allauth.account.internal.flows.password_reset import request_password_reset
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.sign_in import Method, Subject
from accounts.signing import limits
from accounts.signing.guesses import Guess


class Plain(forms.Form):
    """Labels instead of placeholders, which vanish as one types."""

    labels: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)


class SignInForm(Plain, stock.LoginForm):
    labels = {"login": _("User name"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autofocus": True, "autocapitalize": "none", "maxlength": 150}
        self.fields["password"].help_text = ""

    def add_prefix(self, field_name: str) -> str:
        """`username` in the page, by which password managers and Django's own form know it."""
        return super().add_prefix("username" if field_name == "login" else field_name)

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Puts right what allauth says of the session's end: ours, or a few minutes for the second factor."""
        response: HttpResponse = super().login(request, redirect_url)
        if request.user.is_authenticated:
            limits.start(request.session, timezone.now())
        else:
            request.session.set_expiry(stock.app_settings.LOGIN_TIMEOUT)
        return response


class ConfirmForm(Plain, stock.ReauthenticateForm):
    labels = {"password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs["autofocus"] = True


class NewPasswordForm(Plain, stock.ChangePasswordForm):
    labels = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("New password, once more"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""

    def clean_oldpassword(self) -> str:
        """Who found an open browser must not guess the password here."""
        request = stock.context.request
        guess = Guess(request, Subject.PASSWORD, self.user.get_username())
        guess.begin()
        try:
            password: str = super().clean_oldpassword()
        except forms.ValidationError:
            guess.wrong(Method.PASSWORD)
            raise
        guess.right()
        return password


class ForgottenForm(Plain, stock.ResetPasswordForm):
    labels = {"email": _("E-mail address")}

    def clean_email(self) -> str:
        """Finds active editors, as they are spelled in their account; an unknown address is no error."""
        email: str = self.cleaned_data["email"]
        people = get_user_model()._default_manager.filter(is_active=True, is_staff=True)
        self.users: list[User] = list(people.filter(email__iexact=email))
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        if self.users:
            request_password_reset(request, email, self.users, default_token_generator)
        return email


class ReplacePasswordForm(Plain, stock.ResetPasswordKeyForm):
    labels = {"password1": _("New password"), "password2": _("New password, once more")}
