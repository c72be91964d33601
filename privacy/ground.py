"""Places and periods of the apps below all nouns, and of Django's own tables."""

import datetime as dt
from collections.abc import Collection

from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session

from journal.kept import forget_everything
from operations.models import ErrorNotice, JobRun
from privacy import periods, places
from privacy.models import Disclosure
from privacy.places import Way
from trail.models import Change


def offer_ground() -> None:
    places.offer("operations.JobRun", Way.STRIKE, "said")
    # Mirrors know an entry by its identifier.
    places.offer("journal.Tombstone", Way.BLANK, "slug")
    places.offer_memory(forget_everything)
    periods.offer("runs of jobs", delete_runs, "JOB_RUN_DAYS")
    periods.offer("errors that were mailed", delete_notices, "ERROR_NOTICE_DAYS")
    periods.offer("the admin's own log", delete_log, "ADMIN_LOG_DAYS")
    periods.offer("who changed what in histories", forget_actors, "HISTORY_ACTOR_DAYS")
    periods.offer("answers to requests for one's data", delete_disclosures, "DISCLOSURE_DAYS")


def delete_runs(before: dt.datetime) -> int:
    """But for the last one of each job: it says when the job is due."""
    kept = [run.pk for run in JobRun.objects.all().latest_by_command().values()]
    return JobRun.objects.filter(began_at__lt=before).exclude(pk__in=kept).delete()[0]


def delete_notices(before: dt.datetime) -> int:
    """Of errors whose last mail is older; one that comes again is mailed as if it were new."""
    return ErrorNotice.objects.filter(mailed_at__lt=before).delete()[0]


def delete_log(before: dt.datetime) -> int:
    return LogEntry.objects.filter(action_time__lt=before).delete()[0]


def forget_actors(before: dt.datetime) -> int:
    """What was changed stays; by whom is forgotten."""
    return Change.objects.filter(at__lt=before, actor__isnull=False).update(actor=None)


def delete_disclosures(before: dt.datetime) -> int:
    return Disclosure.objects.filter(at__lt=before).delete()[0]


def forget_messages(words: Collection[str]) -> None:
    """Sentences that wait in sessions for somebody's next page, packed as they are there."""
    for session in Session.objects.all().iterator():
        data = session.get_decoded()
        if any(word in str(data) for word in words):
            data.pop("_messages", None)
            Session.objects.filter(pk=session.pk).update(session_data=Session.objects.encode(data))
