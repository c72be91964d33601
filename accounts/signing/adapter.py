"""What allauth asks of us: who may sign in, where one goes then, what is mailed."""

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.sign_in import Method, Subject
from accounts.signing import history, mails
from accounts.signing.guesses import Guess


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": gettext_lazy(
            "Name and password do not belong together, or the account may not sign in."
        ),
        "incorrect_password": gettext_lazy("This is not your password."),
        "enter_current_password": gettext_lazy("This is not your present password."),
        "invalid_password_reset": gettext_lazy("This link does not work (any more)."),
    }

    # -- who may sign in ---------------------------------------------------------------------------

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """allauth's answers in JSON are not part of this site."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        self.guess = Guess(request, Subject.PASSWORD, credentials["username"])
        self.guess.begin()

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Editors only: whoever may not enter the admin is answered like a wrong password."""
        user: Any = super().authenticate(request, **credentials)
        if user is None:
            return None
        if not user.is_staff:
            self.authentication_failed(request, **credentials)
            return None
        self.guess.right()
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        self.guess.wrong(Method.PASSWORD)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Set inactive between password and second factor."""
        return HttpResponseRedirect(reverse("account_login"))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has just signed in and has no second factor yet need not enter the password once more."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        request = self.request
        if not request.user.is_authenticated or is_mfa_enabled(request.user):
            return True
        records = get_authentication_records(request, request.user)
        just_now = timezone.now().timestamp() - app_settings.REAUTHENTICATION_TIMEOUT
        return not any(record["at"] > just_now for record in records)

    # -- where one goes ----------------------------------------------------------------------------

    def is_safe_url(self, url: str) -> bool:
        """Nothing but addresses of this site."""
        hosts = {self.request.get_host(), settings.SITE_PARTS.netloc}
        return url_has_allowed_host_and_scheme(url, hosts, require_https=self.request.is_secure())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """With the site's own address, whatever host the request names."""
        uid, _dash, token = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", args=[uid, token])

    # -- what is said ------------------------------------------------------------------------------

    def get_client_ip(self, request: HttpRequest) -> str:
        """allauth's limits count by truncated network, too."""
        return history.network_of(request)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Our own words for what needs some; most of it the next page shows by itself."""
        said = {
            "account/messages/password_changed.txt": _("Your password has been changed."),
            "mfa/messages/totp_activated.txt": _("The authenticator app has been added."),
            "mfa/messages/totp_deactivated.txt": _("The authenticator app has been removed."),
            "mfa/messages/webauthn_added.txt": _("The security key has been added."),
            "mfa/messages/webauthn_removed.txt": _("The security key has been removed."),
        }
        text = message or said.get(message_template or "")
        if text:
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        news = mails.news_of(template_prefix)
        if news and user.email:
            mails.tell(news, user.email)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """To the address that the account bears, not to the one that was typed."""
        mails.send_link(context["password_reset_url"], user.get_username(), user.email)
