"""The pages that allauth does not bring, and those of its pages that answer otherwise here."""

from typing import Any

from allauth.account import views as stock
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.signing import factors, history
from accounts.signing.pages import dress


class SignInView(stock.LoginView):
    template_name = "account/sign_in.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who is known but no editor reads why: the admin would send them here again and again."""
        if request.user.is_authenticated and not request.user.is_staff:
            words = {"title": _("No access")}
            return TemplateResponse(request, "account/no_access.html", words, status=403)
        return super().dispatch(request, *args, **kwargs)


class SignOutView(stock.LogoutView):
    """By POST alone: an address that signs out could be put into any picture."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("admin:index")


class RemoveKeyView(RemoveWebAuthnView):
    template_name = "account/form.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """allauth asks this for apps only."""
        adapter = get_adapter()
        if adapter.can_delete_authenticator(self.get_object()):
            response: HttpResponse = super().form_valid(form)
            return response
        messages.error(self.request, str(adapter.error_messages["cannot_delete_authenticator"]))
        return redirect("mfa_index")


@login_required
def account(request: HttpRequest) -> HttpResponseBase:
    """What a person needs to know of the own account, and to do about it."""
    context = {
        "title": _("Your account"),
        "has_factor": Authenticator.objects.filter(user=request.user, type__in=factors.FACTORS).exists(),
        "sessions": history.open_sessions(request.user, request.session.session_key, timezone.now()),
        "sign_ins": history.latest(request.user),
    }
    return TemplateResponse(request, "account/account.html", context)


@require_POST
@login_required
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Signs out everywhere, here too."""
    history.end_sessions(request.user)
    logout(request)
    return redirect("account_login")


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """allauth's answer where its limits of mails and changes are used up."""
    context = dress(request) | {"title": _("Too many requests")}
    return render(request, "account/too_many.html", context, status=429)
