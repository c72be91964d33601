"""A try to sign in or to confirm who one is, between the count of failures and the history."""

import datetime as dt
import math

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models.sign_in import Method, Subject
from accounts.signing import history, lockout


class Guess:
    """`begin` before anything is looked at; then exactly one of `right` and `wrong`."""

    def __init__(self, request: HttpRequest, subject: Subject, name: str) -> None:
        self.request = request
        self.subject = subject
        self.name = name
        self.network = history.network_of(request)
        self.at = timezone.now()

    def begin(self) -> None:
        """Raises ValidationError with the time to wait, the same for known and unknown names."""
        try:
            lockout.enter(self.subject, self.name, self.network, at=self.at)
        except lockout.Locked as locked:
            raise ValidationError(please_wait(locked.wait), code="locked") from None

    def right(self) -> None:
        lockout.succeed(self.subject, self.name, self.network, at=self.at)

    def wrong(self, method: Method) -> None:
        history.refused(self.request, self.name, method)


def please_wait(wait: dt.timedelta) -> str:
    """In whole minutes, rounded up."""
    minutes = math.ceil(wait.total_seconds() / 60)
    return ngettext(
        "Too many failed attempts. Please wait one minute, then try again.",
        "Too many failed attempts. Please wait %(minutes)d minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}
