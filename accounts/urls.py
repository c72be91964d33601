"""Signing in, below the editors' path. The names are those by which allauth finds its pages."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from django.urls import URLPattern, path, re_path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from accounts.signing import views
from accounts.signing.pages import View, dressed

FORM, ENTRANCE = "account/form.html", "account/entrance.html"


def page(address: str, view: View, name: str, **words: Any) -> URLPattern:
    return path(address, dressed(view, **words), name=name)


urlpatterns = [
    # In the place of Django's own pages, so that every link to these leads here.
    page("login/", views.SignInView.as_view(), "account_login", title=_("Sign in")),
    page("logout/", views.SignOutView.as_view(), "account_logout"),
    page(
        "password_change/",
        account.PasswordChangeView.as_view(template_name=FORM),
        "account_change_password",
        title=_("Change the password"),
        intro=_("You are then signed out everywhere else."),
        button=_("Change the password"),
    ),
    page("account/", views.account, "account"),
    page("account/sessions/end/", views.end_sessions, "account_end_sessions"),
    page(
        "account/confirm/",
        account.ReauthenticateView.as_view(template_name=FORM),
        "account_reauthenticate",
        title=_("Is it still you?"),
        intro=_("Before your account is changed, please enter your password once more."),
        button=_("Continue"),
    ),
    # A forgotten password.
    page(
        "account/password/",
        account.PasswordResetView.as_view(template_name=ENTRANCE),
        "account_reset_password",
        title=_("Password forgotten"),
        intro=_("We send a link to the e-mail address of your account. By it you choose a new password."),
        button=_("Send the link"),
    ),
    # Whose password no sign-in takes chooses a new one by mail.
    page(
        "account/password/set/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        "account_set_password",
    ),
    page(
        "account/password/sent/",
        account.PasswordResetDoneView.as_view(template_name=ENTRANCE),
        "account_reset_password_done",
        title=_("Please look into your mailbox"),
        intro=_("If there is an account with this address, a mail with a link is on its way."),
    ),
    re_path(
        r"^account/password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        dressed(
            account.PasswordResetFromKeyView.as_view(template_name=ENTRANCE),
            title=_("New password"),
            button=_("Save the password"),
        ),
        name="account_reset_password_from_key",
    ),
    page(
        "account/password/done/",
        account.PasswordResetFromKeyDoneView.as_view(template_name=ENTRANCE),
        "account_reset_password_from_key_done",
        title=_("The new password holds"),
        intro=_("You have been signed out everywhere. Please sign in with the new password."),
    ),
    # Second factors.
    page(
        "account/second/",
        second.IndexView.as_view(template_name="account/factors.html"),
        "mfa_index",
        title=_("Second factor"),
    ),
    page(
        "account/second/enter/",
        second.AuthenticateView.as_view(template_name="account/second.html"),
        "mfa_authenticate",
        title=_("Second factor"),
    ),
    page(
        "account/second/confirm/",
        second.ReauthenticateView.as_view(template_name=FORM),
        "mfa_reauthenticate",
        title=_("Is it still you?"),
        intro=_("Before your account is changed, please enter a code of your app or a recovery code."),
        button=_("Continue"),
    ),
    page(
        "account/second/app/add/",
        app.ActivateTOTPView.as_view(template_name="account/app.html"),
        "mfa_activate_totp",
        title=_("Add an authenticator app"),
    ),
    page(
        "account/second/app/remove/",
        app.DeactivateTOTPView.as_view(template_name=FORM),
        "mfa_deactivate_totp",
        title=_("Remove the authenticator app"),
        intro=_("Its codes will no longer be accepted."),
        button=_("Remove"),
        cancel=reverse_lazy("mfa_index"),
    ),
    page(
        "account/second/codes/",
        codes.ViewRecoveryCodesView.as_view(template_name="account/codes.html"),
        "mfa_view_recovery_codes",
        title=_("Recovery codes"),
    ),
    page(
        "account/second/codes/download/",
        codes.DownloadRecoveryCodesView.as_view(template_name="account/codes.txt"),
        "mfa_download_recovery_codes",
    ),
    page(
        "account/second/codes/new/",
        codes.GenerateRecoveryCodesView.as_view(template_name=FORM),
        "mfa_generate_recovery_codes",
        title=_("New recovery codes"),
        intro=_("The present codes will no longer be accepted."),
        button=_("Make new codes"),
        cancel=reverse_lazy("mfa_view_recovery_codes"),
    ),
    page("account/second/keys/", RedirectView.as_view(pattern_name="mfa_index"), "mfa_list_webauthn"),
    page(
        "account/second/keys/add/",
        keys.AddWebAuthnView.as_view(template_name="account/key.html"),
        "mfa_add_webauthn",
        title=_("Add a security key"),
        start="addForm",
        button=_("Add the key"),
    ),
    page(
        "account/second/keys/confirm/",
        keys.ReauthenticateWebAuthnView.as_view(template_name="account/key.html"),
        "mfa_reauthenticate_webauthn",
        title=_("Is it still you?"),
        start="authenticateForm",
        button=_("Use the security key"),
    ),
    page(
        "account/second/keys/<int:pk>/remove/",
        views.RemoveKeyView.as_view(),
        "mfa_remove_webauthn",
        title=_("Remove the security key"),
        intro=_("It will no longer be accepted."),
        button=_("Remove"),
        cancel=reverse_lazy("mfa_index"),
    ),
    page(
        "account/second/keys/<int:pk>/edit/",
        keys.EditWebAuthnView.as_view(template_name=FORM),
        "mfa_edit_webauthn",
        title=_("Rename the security key"),
        button=_("Save"),
        cancel=reverse_lazy("mfa_index"),
    ),
]
