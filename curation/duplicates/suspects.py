"""Which entries may be the same: found anew for what has changed, kept in a table in between.

A suspicion costs a few milliseconds for each entry, which is too much for a list of all and little for one
that was saved. So an entry is looked at when an editor saves it, and what has changed otherwise by a command
that runs every hour, in the order of its change, in portions. Pages read what is kept.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from curation.duplicates.candidates import candidates
from curation.duplicates.facts import Facts, Verdict
from curation.duplicates.kinds import KINDS
from curation.duplicates.reading import lexicon
from curation.models import Examined, Suspicion
from curation.models.suspicions import STRONG
from journal.version import NEVER, settled_at

# Less likely pairs are not kept.
WEAK = 60
_PORTION = 100
# The command runs every hour and takes its time.
_GRACE = dt.timedelta(hours=2)
# Pairs of one entry that its page reads.
_SHOWN = 25
# Changed entries of each kind in one transaction.
_AT_ONCE = 1000
# Only one at a time looks at what has changed. Editors who save may do so side by side, and not beside it.
_LOCK = 7_303_024


def alike(noun: str, probes: Sequence[Facts], least: int = WEAK) -> dict[tuple[int, int], Verdict]:
    """{(number of the probe in the row, key of an entry): verdict} of all that are likely enough."""
    found = candidates(noun, probes)
    kind = KINDS[noun]
    others = {one.key: one for one in kind.facts({key for keys in found.values() for key in keys})}
    words = lexicon([*probes, *others.values()])
    told = {
        (number, key): kind.judge(probes[number], others[key], words)
        for number, keys in found.items()
        for key in keys
        if key in others
    }
    return {pair: verdict for pair, verdict in told.items() if verdict.score >= least}


def refresh(most: int = _AT_ONCE) -> int:
    """Looks at up to so many changed entries of each kind; how many there were.

    Waits for whoever else is at it. The suspicions of entries that are gone are dropped.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        settled = settled_at()
        known = {row.noun: (row.at, row.object) for row in Examined.objects.all()}
        done = sum(_refresh(noun, most, settled, known.get(noun, (NEVER, 0))) for noun in KINDS)
        _prune()
        return done


def refresh_all() -> int:
    """Looks at all that has changed, a transaction for each portion; how many entries there were."""
    total = 0
    while done := refresh():
        total += done
        if done < _AT_ONCE:
            break
    return total


def examine_now(noun: str, key: int) -> bool:
    """Writes anew what is suspected of an entry that was just saved; False where `refresh` is at work, which
    would keep the editor waiting and comes to this entry, too."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [_LOCK])
        is_free = bool(cursor.fetchone()[0])
        if is_free:
            examine(noun, [key])
    return is_free


def is_behind(at: dt.datetime | None = None) -> bool:
    """Whether entries wait to be looked at for longer than the command's hour explains (1 query)."""
    late = Q(modified_at__lt=(at or timezone.now()) - _GRACE)
    parts = []
    for noun, kind in KINDS.items():
        examined = Examined.objects.filter(noun=noun)
        known = Coalesce(Subquery(examined.values("at")), Value(NEVER, output_field=DateTimeField()))
        waiting = kind.model.objects.order_by().filter(modified_at__gt=known)
        parts.append(waiting.filter(late | ~Exists(examined)).values_list("pk")[:1])
    return bool(parts[0].union(*parts[1:], all=True)[:1])


def _refresh(noun: str, most: int, settled: dt.datetime, known: tuple[dt.datetime, int]) -> int:
    at, key = known
    model = KINDS[noun].model
    behind = Q(modified_at__gt=at) | Q(modified_at=at, pk__gt=key)
    changed = model.objects.filter(behind).order_by("modified_at", "pk").values_list("modified_at", "pk")
    rows = list(changed[:most])
    for start in range(0, len(rows), _PORTION):
        examine(noun, [pk for _at, pk in rows[start : start + _PORTION]])
    if rows:
        # What is not settled yet may be followed by what looks older: it is looked at once more.
        last = min(rows[-1], (settled, 0))
        Examined.objects.update_or_create(noun=noun, defaults={"at": last[0], "object": last[1]})
    return len(rows)


@transaction.atomic
def examine(noun: str, keys: Collection[int]) -> None:
    """Writes anew what is suspected of these entries."""
    kind = KINDS[noun]
    probes = kind.facts(keys)
    pairs: dict[tuple[int, int], Verdict] = {}
    for (number, key), verdict in alike(noun, probes).items():
        mine = probes[number].key
        pairs[min(mine, key), max(mine, key)] = verdict
    pairs |= _still(noun, keys, probes, pairs)
    Suspicion.objects.filter(Q(one__in=keys) | Q(other__in=keys), noun=noun).delete()
    rows = [
        Suspicion(noun=noun, one=one, other=other, score=verdict.score, reasons=verdict.reasons)
        for (one, other), verdict in sorted(pairs.items())
    ]
    # Two editors may save both sides of a pair at the same moment.
    Suspicion.objects.bulk_create(rows, ignore_conflicts=True)


def _still(noun: str, keys: Collection[int], probes: Sequence[Facts], known: Any) -> dict[Any, Verdict]:
    """What was found from the other side before and may hold still: an index finds long names by short ones
    more easily than the other way round."""
    mine = {probe.key: probe for probe in probes}
    former = Suspicion.objects.filter(Q(one__in=keys) | Q(other__in=keys), noun=noun)
    pairs = [pair for pair in former.values_list("one", "other") if pair not in known]
    missing = {key for pair in pairs for key in pair} - mine.keys()
    facts = mine | {one.key: one for one in KINDS[noun].facts(missing)} if pairs else mine
    words = lexicon(facts.values()) if pairs else None
    told = {
        (one, other): KINDS[noun].judge(facts[one], facts[other], words)
        for one, other in pairs
        if one in facts and other in facts
    }
    return {pair: verdict for pair, verdict in told.items() if verdict.score >= WEAK}


def _prune() -> None:
    gone = Q(pk=None)
    for noun, kind in KINDS.items():
        there = kind.model.objects.order_by()
        one, other = (Exists(there.filter(pk=OuterRef(side))) for side in ("one", "other"))
        gone |= Q(noun=noun) & (~Q(one) | ~Q(other))
    Suspicion.objects.filter(gone).delete()


def count(noun: str = "", strength: str = "strong") -> int:
    """How many pairs nobody has decided on; of all kinds, weak ones included, where nothing is named."""
    found = Suspicion.objects.open()
    if noun:
        found = found.filter(noun=noun)
    return (found.strong() if strength == "strong" else found).count()


def kept(noun: str, key: int) -> list[tuple[int, int, list[Any]]]:
    """[(the other entry, score, reasons)] of what is suspected of one, the likest first (1 query)."""
    found = Suspicion.objects.open().filter(Q(one=key) | Q(other=key), noun=noun).order_by("-score", "pk")
    return [(one.other if one.one == key else one.one, one.score, one.reasons) for one in found[:_SHOWN]]


def suspected(found: QuerySet[Any], noun: str, least: int = STRONG) -> QuerySet[Any]:
    """Those of these entries that are in a pair nobody has decided on."""
    pairs = Suspicion.objects.open().filter(noun=noun, score__gte=least).order_by()
    # From the few suspicions to their entries: asked the other way round, each entry would be looked up.
    return found.filter(pk__in=pairs.values("one").union(pairs.values("other")))
