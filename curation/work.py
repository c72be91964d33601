"""What operations are told of curation: its periodic work, and how current it is."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.models import Link
from curation.models.links import LinkState
from operations import facts, jobs


def offer_work() -> None:
    jobs.offer("find_duplicates", gettext_lazy("Look for duplicates"), jobs.HOUR)
    jobs.offer("check_links", gettext_lazy("Ask whether links still lead somewhere"), jobs.HOUR)
    facts.offer("links", _facts)


def _facts(at: dt.datetime) -> Iterable[facts.Fact]:
    told = Link.objects.aggregate(
        all=Count("pk"), due=Count("pk", Q(due_at__lte=at)), dead=Count("pk", Q(state=LinkState.DEAD))
    )
    words = _("%(all)s, of which %(dead)s dead and %(due)s to be asked again now")
    number = facts.metric("links_dead", "Addresses in entries that are dead.", told["dead"])
    yield facts.Fact(_("Links in entries"), words % told, metric=number)
