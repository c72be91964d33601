"""Who guesses wrong waits, and longer each time: counted in the database, so for all processes together.

A try is counted before it is looked at and given back when it was right. Tries at the same moment therefore
never outnumber the limit, whichever process they reach.
"""

import datetime as dt
from collections.abc import Iterable
from typing import cast

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.crypto import salted_hmac

from accounts.models.sign_in import DIGEST, Lock, SignIn, Subject

SHORTEST = dt.timedelta(minutes=1)
# Failures are forgotten after so long without another one.
FORGOTTEN = {
    Subject.PASSWORD: dt.timedelta(hours=12),
    Subject.SECOND: dt.timedelta(hours=12),
    Subject.NETWORK: dt.timedelta(hours=1),
}
# A network from which the person has signed in lately has a count of its own: strangers cannot lock them out.
FAMILIAR = dt.timedelta(days=30)


class Locked(Exception):
    """Nothing is looked at for `wait`."""

    def __init__(self, wait: dt.timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


def digest_of(name: str) -> str:
    """Stands for a name: the same for "Anna" and "anna", and nobody reads the name out of it."""
    return salted_hmac("accounts.signing.name", name.strip().lower()).hexdigest()[:DIGEST]


def wait_after(failures: int, free: int) -> dt.timedelta:
    """Nothing while there are free tries, then a minute, doubled by each failure up to the longest."""
    if failures < free:
        return dt.timedelta()
    longest = dt.timedelta(minutes=settings.LOCKOUT_LONGEST_MINUTES)
    # Beyond some thirty doublings a number of days would no longer fit.
    return min(longest, SHORTEST * 2 ** min(failures - free, 30))


@transaction.atomic
def enter(subject: Subject, name: str, network: str, *, at: dt.datetime) -> None:
    """Counts a try as failed. Raises Locked, and counts nothing, while account or network have to wait."""
    keys = _keys(subject, name, network, at)
    rows = [Lock(subject=key[0], account=key[1], network=key[2]) for key in keys]
    Lock.objects.bulk_create(rows, ignore_conflicts=True)
    # In one order, or two processes wait for each other.
    locks = list(Lock.objects.filter(_any_of(keys)).order_by("pk").select_for_update())
    waits = [lock.until - at for lock in locks if lock.until and lock.until > at]
    if waits:
        raise Locked(max(waits))
    for lock in locks:
        _count(lock, at)
    Lock.objects.bulk_update(locks, ["failures", "failed_at", "until"])


def succeed(subject: Subject, name: str, network: str, *, at: dt.datetime) -> None:
    """The try was right: the account starts afresh, the network gets the one try back."""
    own, shared = _keys(subject, name, network, at)
    Lock.objects.filter(_any_of([own])).delete()
    fewer = Greatest(F("failures") - 1, 0)
    Lock.objects.filter(_any_of([shared])).update(failures=fewer, until=None)


def waiting_until(name: str, at: dt.datetime) -> dt.datetime | None:
    """Until when the account is locked from somewhere or other."""
    locked = Lock.objects.filter(account=digest_of(name), until__gt=at).order_by("-until").first()
    return locked.until if locked else None


def lift(name: str) -> int:
    """Lets an account try again at once, from everywhere; how many counts were deleted."""
    return Lock.objects.filter(account=digest_of(name)).delete()[0]


def delete_old(at: dt.datetime) -> int:
    """Deletes counts that no longer matter; how many."""
    idle = at - max(FORGOTTEN.values())
    return Lock.objects.filter(Q(failed_at__lt=idle) & (Q(until=None) | Q(until__lt=at))).delete()[0]


# -- which counts ------------------------------------------------------------------------------------

Key = tuple[str, str, str]


def _keys(subject: Subject, name: str, network: str, at: dt.datetime) -> list[Key]:
    """The account's count (its own one for a familiar network) and the network's; equal work for any name."""
    seen = SignIn.objects.successful().filter(
        user__username__iexact=name.strip(), network=network, at__gte=at - FAMILIAR
    )
    own = (subject.value, digest_of(name), network if seen.exists() else "")
    return [own, (Subject.NETWORK.value, "", network)]


def _any_of(keys: Iterable[Key]) -> Q:
    found = Q()
    for subject, account, network in keys:
        found |= Q(subject=subject, account=account, network=network)
    return found


def _count(lock: Lock, at: dt.datetime) -> None:
    subject = Subject(lock.subject)
    free = settings.LOCKOUT_NETWORK_FAILURES if subject == Subject.NETWORK else settings.LOCKOUT_FAILURES
    if lock.failed_at and at - max(lock.failed_at, lock.until or lock.failed_at) >= FORGOTTEN[subject]:
        lock.failures = 0
    lock.failures += 1
    lock.failed_at = at
    wait = wait_after(lock.failures, cast(int, free))
    lock.until = at + wait if wait else None
