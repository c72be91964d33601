"""After how long what is deleted: each app offers its own periods in `AppConfig.ready()`.

`delete_expired` goes through all of them, once a day. Reports and sign-ins have commands of their own, as
they have two periods each.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

# Deletes what is older than the moment -> how many
Delete = Callable[[dt.datetime], int]


@dataclass(frozen=True)
class Period:
    """`setting` names the days; 0 keeps for good. Without one, `days` are those that the code needs."""

    name: str
    delete: Delete
    setting: str = ""
    days: float = 0

    @property
    def length(self) -> dt.timedelta:
        return dt.timedelta(days=getattr(settings, self.setting) if self.setting else self.days)


_periods: dict[str, Period] = {}


def offer(name: str, delete: Delete, setting: str = "", days: float = 0) -> None:
    _periods[name] = Period(name, delete, setting, days)


def known() -> list[Period]:
    return list(_periods.values())


def delete_expired(at: dt.datetime | None = None) -> dict[str, int]:
    """{name: how many}, of all periods that end."""
    now = at or timezone.now()
    return {one.name: one.delete(now - one.length) for one in known() if one.length}
