"""Two texts beside each other: of long ones the place where they differ."""

AROUND = 40
LONGEST = 280


def differing(before: str, after: str) -> tuple[str, str]:
    """Both texts, cut to what differs and a little around it where they are long."""
    if max(len(before), len(after)) <= LONGEST:
        return before, after
    start = max(0, _common(before, after) - AROUND)
    end = max(0, _common(before[start:][::-1], after[start:][::-1]) - AROUND)
    return _cut(before, start, end), _cut(after, start, end)


def _common(one: str, other: str) -> int:
    """With how many equal letters both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _cut(text: str, start: int, end: int) -> str:
    middle = text[start : len(text) - end]
    shown = middle if len(middle) <= LONGEST else f"{middle[:LONGEST]} …"
    return f"{'… ' if start else ''}{shown}{' …' if end and shown == middle else ''}"
