"""Who signed in when and how, and how often it went wrong in a row."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib.fields import one_of

# The longest network: 2001:db8:ffff::/48 has fewer letters than an address without gaps.
LONGEST_NETWORK = 43
LONGEST_BROWSER = 40
DIGEST = 32
SESSION_KEY = 40


class Method(models.TextChoices):
    """What was shown last. The values of second factors are those of allauth's own types."""

    PASSWORD = "password", _("password")
    APP = "totp", _("authenticator app")
    KEY = "webauthn", _("security key")
    CODE = "recovery_codes", _("recovery code")
    # By a program: a command, a test.
    OTHER = "other", _("another way")


class Outcome(models.TextChoices):
    SIGNED_IN = "signed_in", _("signed in")
    REFUSED = "refused", _("refused")


class SignInQuerySet(models.QuerySet["SignIn"]):
    def before(self, moment: dt.datetime) -> "SignInQuerySet":
        return self.filter(at__lt=moment)

    def successful(self) -> "SignInQuerySet":
        return self.filter(outcome=Outcome.SIGNED_IN)


class SignIn(models.Model):
    """One sign-in, or one that was refused. A name that no account bears is kept as a digest alone."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="sign_ins",
        verbose_name=_("account"),
    )
    name_digest = models.CharField(_("digest of the name"), max_length=DIGEST, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    network = models.CharField(_("network"), max_length=LONGEST_NETWORK)
    browser = models.CharField(_("browser"), max_length=LONGEST_BROWSER, blank=True)
    method = models.CharField(_("by"), max_length=14, choices=Method.choices)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome.choices)
    # By which the session is found as long as it lasts.
    session_key = models.CharField(_("session"), max_length=SESSION_KEY, blank=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        ordering = ["-at", "-pk"]
        # Shown on a page of their own (accounts/signing/people.py); nobody writes them by hand.
        default_permissions = ()
        constraints = [
            one_of("method", Method, "sign_in_method_known"),
            one_of("outcome", Outcome, "sign_in_outcome_known"),
            CheckConstraint(
                condition=Q(user__isnull=False, name_digest="")
                | (Q(user=None) & ~Q(name_digest="") & Q(outcome=Outcome.REFUSED)),
                name="sign_in_of_account_or_digest",
            ),
            CheckConstraint(
                condition=Q(session_key="") | Q(outcome=Outcome.SIGNED_IN),
                name="sign_in_session_only_if_signed_in",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-at"], name="sign_in_of_account"),
            models.Index(fields=["at"], name="sign_in_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {self.at:%Y-%m-%d %H:%M}"


class Subject(models.TextChoices):
    """What is being guessed: each has its own count, so that a known password buys no guesses of codes."""

    PASSWORD = "password", _("password")
    SECOND = "second", _("second factor")
    NETWORK = "network", _("network")


class Lock(models.Model):
    """Tries that went wrong in a row, of an account or from a network, and until when none is looked at."""

    subject = models.CharField(_("subject"), max_length=8, choices=Subject.choices)
    # A digest of the name, so that unknown names are counted like known ones.
    account = models.CharField(_("account"), max_length=DIGEST, blank=True)
    network = models.CharField(_("network"), max_length=LONGEST_NETWORK, blank=True)
    failures = models.PositiveIntegerField(_("failures"), default=0)
    failed_at = models.DateTimeField(_("last failure"), null=True, blank=True)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("lock")
        verbose_name_plural = _("locks")
        default_permissions = ()
        constraints = [
            one_of("subject", Subject, "lock_subject_known"),
            models.UniqueConstraint(fields=["subject", "account", "network"], name="lock_once"),
            CheckConstraint(
                condition=(Q(subject=Subject.NETWORK, account="") & ~Q(network=""))
                | (~Q(subject=Subject.NETWORK) & ~Q(account="")),
                name="lock_names_account_or_network",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}: {self.failures}"
