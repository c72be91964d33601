"""Slips of the finger: how far two words lie apart, and what a short word may have been."""

from string import ascii_lowercase

# Up to this length a word's neighbours are few enough to be listed.
LISTABLE = 7


def allowed(word: str) -> int:
    """How many wrong letters are forgiven: none in what is hardly a word, one, or two in long words."""
    return 0 if len(word) < 4 or not word.isalpha() else 1 if len(word) < 8 else 2


def distance(one: str, other: str, most: int) -> int:
    """Damerau-Levenshtein distance (restricted: no letter moves twice), or `most` + 1 where it is larger."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def neighbours(word: str) -> set[str]:
    """All words one slip away that keep the first letter: people seldom miss that one."""
    first, rest = word[:1], word[1:]
    cuts = [(rest[:at], rest[at:]) for at in range(len(rest) + 1)]
    found = {a + b[1:] for a, b in cuts if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    found |= {a + letter + b[1:] for a, b in cuts if b for letter in ascii_lowercase}
    found |= {a + letter + b for a, b in cuts for letter in ascii_lowercase}
    return {first + one for one in found} - {word}
