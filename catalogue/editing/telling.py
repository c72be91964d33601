"""What a table would do, in the words of a page."""

from dataclasses import dataclass

from catalogue.editing.excerpts import differing
from catalogue.tables.importing import CHANGED, NEW, SAME, WRONG, Examined, Line

# Nobody reads more; all are counted, and all are applied.
MOST_SHOWN = 300


@dataclass(frozen=True)
class Row:
    """`changes` are (name of the column, before, after), `faults` (heading of the column, reason)."""

    number: int
    slug: str
    key: int | None
    changes: list[tuple[str, str, str]]
    faults: list[tuple[str, str]]


@dataclass(frozen=True)
class Told:
    wrong: list[Row]
    changed: list[Row]
    new: list[Row]
    counts: dict[str, int]

    @property
    def may_be_applied(self) -> bool:
        return not self.counts[WRONG] and bool(self.counts[CHANGED] or self.counts[NEW])


def tell(examined: Examined) -> Told:
    counts = {outcome: len(examined.of(outcome)) for outcome in (WRONG, CHANGED, NEW, SAME)}
    return Told(_rows(examined, WRONG), _rows(examined, CHANGED), _rows(examined, NEW), counts)


def _rows(examined: Examined, outcome: str) -> list[Row]:
    return [_row(line) for line in examined.of(outcome)[:MOST_SHOWN]]


def _row(line: Line) -> Row:
    changes = [(one.column.label(), *differing(one.before, one.after)) for one in line.differences]
    faults = [(fault.column, fault.reason) for fault in line.faults]
    return Row(line.number, line.slug, line.row.pk if line.row else None, changes, faults)
