"""Which entries may be the same: found anew for what has changed, kept in a table in between.

A suspicion costs a few milliseconds for each entry, which is too much for a list of all and little for one
that was saved. So what has changed since the last time is looked at, in the order of its change, in portions.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

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
# Changed entries of each kind that a page looks at while somebody waits for it: a second at most.
PAGEFUL = 60
# Only one at a time looks; whoever comes second finds what the first one wrote.
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


def refresh(most: int = PAGEFUL) -> int:
    """Looks at up to so many changed entries of each kind; how many there were.

    Nothing where somebody else is at it. The suspicions of entries that are gone are dropped.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        settled = settled_at()
        known = {row.noun: (row.at, row.object) for row in Examined.objects.all()}
        done = sum(_refresh(noun, most, settled, known.get(noun, (NEVER, 0))) for noun in KINDS)
        _prune()
        return done


def refresh_all() -> int:
    """Looks at all that has changed, a transaction for each portion; how many entries there were."""
    total = 0
    while done := refresh(1000):
        total += done
        if done < 1000:
            break
    return total


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
    Suspicion.objects.bulk_create(
        Suspicion(noun=noun, one=one, other=other, score=verdict.score, reasons=verdict.reasons)
        for (one, other), verdict in sorted(pairs.items())
    )


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


def suspected(found: QuerySet[Any], noun: str, least: int = STRONG) -> QuerySet[Any]:
    """Those of these entries that are in a pair nobody has decided on."""
    pairs = Suspicion.objects.open().filter(noun=noun, score__gte=least)
    return found.filter(Exists(pairs.filter(one=OuterRef("pk"))) | Exists(pairs.filter(other=OuterRef("pk"))))
