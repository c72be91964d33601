"""The tasks that events and series bring, and the button of the work list."""

from functools import partial

from django.contrib.admin import AdminSite
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from curation.work_list import waiting
from curation.work_list.mending import mend
from curation.work_list.overdue import overdue
from events import actions
from events.models import Event
from events.models import Step as WorkflowStep
from events.models.choices import State
from lib.editing import offers
from lib.editing.tasks import Step, Task, Way, offer

_BY_START = ("starts_on", "pk")


def _check(request: HttpRequest, event: Event) -> None:
    actions.mark_checked(event)


_CHECKED = Step("checked", _("Checked today"), _check)


def _submission(column: str) -> Subquery:
    steps = WorkflowStep.objects.filter(event=OuterRef("pk"), to_state=State.IN_REVIEW).order_by("-at", "-pk")
    return Subquery(steps.values(column)[:1])


EVENT_TASKS = [
    Task(
        "lacks-venue",
        "events.Event",
        _("Starts soon without a venue"),
        _("Within 30 days, and visitors cannot see where."),
        waiting.without_venue,
        day="starts_on",
        order=_BY_START,
        anchor="venue_links-group",
        rank=10,
    ),
    Task(
        "lacks-registration",
        "events.Event",
        _("Starts soon without registration"),
        _("Within 30 days, and no address to register is given."),
        waiting.without_registration,
        day="starts_on",
        order=_BY_START,
        anchor="id_registration_url",
        rank=12,
    ),
    Task(
        "in-review",
        "events.Event",
        _("Waiting for review"),
        _("Colleagues ask you to look and to publish. The day says since when."),
        waiting.in_review,
        note=_submission("by__username"),
        day=_submission("at"),
        order=("modified_at", "pk"),
        rank=20,
    ),
    Task(
        "unchecked",
        "events.Event",
        _("To be checked again"),
        _("Not compared with their sources for long; the nearer an event, the more often that is due."),
        waiting.unchecked,
        day="starts_on",
        order=_BY_START,
        anchor="sources-group",
        steps=(_CHECKED,),
        rank=30,
    ),
    Task(
        "lacks-head-count",
        "events.Event",
        _("Over, and nobody has said how it went"),
        _(
            "Ended within the last half year and still “scheduled”, without a head count."
            " If the organiser gives none, mark it as checked."
        ),
        waiting.without_head_count,
        day="ends_on",
        order=("-ends_on", "-pk"),
        anchor="id_attendees",
        steps=(_CHECKED,),
        rank=50,
    ),
    Task(
        "lacks-accessibility",
        "events.Event",
        _("Nothing said on accessibility"),
        _("Upcoming, and neither the event nor its venue tells people with disabilities what to expect."),
        waiting.without_accessibility,
        day="starts_on",
        order=_BY_START,
        anchor="id_accessibility_0",
        rank=60,
    ),
    Task(
        "poor-image",
        "events.Event",
        _("Image without good words"),
        _("Text alternative, credit or licence is missing, or the text only repeats the title."),
        waiting.with_poor_image,
        day="starts_on",
        order=("-starts_on", "-pk"),
        anchor="id_image_alt",
        rank=70,
    ),
    Task(
        "to-be-published",
        "events.Event",
        _("Will be published later"),
        _("Nothing to do: on the day shown they become visible by themselves."),
        waiting.to_be_published,
        day="publish_from",
        order=("publish_from", "pk"),
        rank=90,
    ),
]
SERIES_TASKS = [
    Task(
        "overdue",
        "events.Series",
        _("Next edition overdue"),
        _("By the series’ rhythm an edition is due within three months, or was, and none is entered."),
        overdue,
        words="name",
        order=("sort_name", "pk"),
        ways=(Way(_("Next edition"), "events_event_next_of_series"),),
        rank=40,
    ),
]


def _pages(site: AdminSite) -> list[URLPattern]:
    view = site.admin_view(partial(mend, site=site))
    return [path("mend/<str:model>/<slug:name>/<slug:step>/<int:key>/", view, name="curation_mend")]


def offer_tasks() -> None:
    offers.pages(_pages)
    for task in (*EVENT_TASKS, *SERIES_TASKS):
        offer(task)
