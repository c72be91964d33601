"""Where a person took part, page by page: the busiest have spoken a thousand times."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.db import connection
from django.utils import timezone

from events.bits.keeper import keeper
from events.bits.reading import numbers
from events.bits.snapshot import both
from events.models import Appearance, Event
from lib.paging import page_links, paginate
from lib.prepared import Prepared
from speakers.models import Speaker

PER_PAGE = 20
_LINKS = "SELECT id, event_id FROM events_appearance WHERE speaker_id = %s"
_ROWS = Prepared(
    lambda: Appearance.objects.select_related("event", "organisation", "session").order_by(
        "-event__starts_at", "-event_id", "position"
    )
)
