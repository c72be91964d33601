"""The page of operations in the editors' site: is everything that should run by itself running?"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lib.editing import offers
from operations.facts import all_facts
from operations.jobs import Job, all_jobs, due_at, overdue
from operations.models import JobRun
from operations.running import at_work

RIGHT = "operations.view_jobrun"


@dataclass(frozen=True)
class Line:
    """A job as the page shows it; `next_at` is None where it is due at once."""

    job: Job
    last: JobRun | None
    is_running: bool
    is_overdue: bool
    next_at: dt.datetime | None

    @property
    def is_broken_off(self) -> bool:
        return bool(self.last and not self.last.ended_at and not self.is_running)

    @property
    def is_trouble(self) -> bool:
        failed = bool(self.last and self.last.ended_at and not self.last.succeeded)
        return failed or self.is_broken_off or (self.is_overdue and not self.is_running)


def offer_page() -> None:
    offers.pages(_pages)
    offers.tool("operations", gettext_lazy("Operations"), needs=RIGHT)


def _pages(site: AdminSite) -> Iterable[URLPattern]:
    return [path("operations/", site.admin_view(partial(status, site=site)), name="operations")]


@require_safe
def status(request: HttpRequest, site: AdminSite, at: dt.datetime | None = None) -> HttpResponse:
    """Jobs and facts; troubles are named first."""
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    moment = at or timezone.now()
    jobs, facts = lines(moment), all_facts(moment)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("Operations"),
        "jobs": jobs,
        "facts": facts,
        "troubles": [line.job.label for line in jobs if line.is_trouble]
        + [fact.label for fact in facts if fact.remedy],
    }
    return TemplateResponse(request, "operations/status.html", context)


def lines(at: dt.datetime) -> list[Line]:
    """All jobs (2 queries)."""
    jobs = all_jobs()
    last = JobRun.objects.all().latest_by_command()
    running = at_work([job.command for job in jobs])
    return [_line(job, last.get(job.command), job.command in running, at) for job in jobs]


def _line(job: Job, last: JobRun | None, is_running: bool, at: dt.datetime) -> Line:
    return Line(job, last, is_running, overdue(job, last, at), due_at(job, last))
