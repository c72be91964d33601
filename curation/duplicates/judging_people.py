"""How likely two entries are one person. Pure.

A name is all that is kept of most people, and several bear the same one. So what else is known, the
organisation and the office of the day, raises or lowers what the name says.
"""

from curation.duplicates.facts import NOTHING, PersonFacts, Reasons, Verdict
from curation.duplicates.vocabulary import ACADEMIC
from curation.duplicates.wording import Lexicon, Wording, best, match, read

_PARTICLE_WORDS = "von van zu zur vom de del della la le den der dem di da dos du"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())

Words = tuple[str, ...]


def judge_people(one: PersonFacts, other: PersonFacts, lexicon: Lexicon) -> Verdict:
    if one.is_sample != other.is_sample or _identified_apart(one, other):
        return NOTHING
    score = max(_score(one, other, lexicon), _by_other_names(one, other, lexicon))
    if score < 40:
        return NOTHING
    reasons: Reasons = [("name", round(score))]
    score += _public_role(one, other, lexicon, reasons)
    if one.links & other.links:
        score += 15
        reasons.append(("link", 0))
    if one.identifiers & other.identifiers:
        score = max(score, 97)
        reasons.append(("identifier", 0))
    return Verdict(max(0, min(100, round(score))), reasons)


def _identified_apart(one: PersonFacts, other: PersonFacts) -> bool:
    both = one.identifiers and other.identifiers
    return bool(both) and not one.identifiers & other.identifiers


def _score(one: PersonFacts, other: PersonFacts, lexicon: Lexicon) -> float:
    given, family = _parts(one)
    given_other, family_other = _parts(other)
    straight = _two_names(given, family, given_other, family_other, lexicon)
    # Family name first, as lists have it, and then entered so.
    turned = _two_names(family, given, given_other, family_other, lexicon) - 4
    # All in one field, or a second given name taken for the family's.
    mine, theirs = given + family, given_other + family_other
    return max(straight, turned, _all_names(mine, theirs, lexicon))


def _parts(person: PersonFacts) -> tuple[Words, Words]:
    """The words of the given and of the family name, without academic titles and particles."""

    def telling(text: str) -> Words:
        words = [word for word in _letters(text) if word not in ACADEMIC]
        return tuple(word for word in words if word not in _PARTICLES) or tuple(words)

    return telling(person.given), telling(person.family)


def _letters(text: str) -> Words:
    """All words, single letters too: M. Meier."""
    found: list[str] = []
    for piece in text.replace("-", " ").replace(".", ". ").split():
        bare = piece.strip(".,;()")
        if len(bare) == 1:
            found.append(bare.lower())
        elif bare:
            words: Wording = read(bare)
            found += [words.joined] if words.words else []
    return tuple(found)


def _two_names(
    given: Words, family: Words, given_other: Words, family_other: Words, lexicon: Lexicon
) -> float:
    families = _likeness(family, family_other, lexicon)
    if families < 0.8:
        return 0.0
    return 100 * families * _given(given, given_other, lexicon)


def _likeness(mine: Words, theirs: Words, lexicon: Lexicon) -> float:
    """Of family names: both in full, or one of a double name."""
    if not mine or not theirs:
        return 0.0
    if "".join(mine) == "".join(theirs):
        return 1.0
    short, long = sorted((mine, theirs), key=len)
    scores = [max(_slip(word, other, lexicon) for other in long) for word in short]
    told = min(scores)
    return told if len(short) == len(long) else told * 0.82


def _slip(one: str, other: str, lexicon: Lexicon) -> float:
    score = match(one, other, lexicon)
    # A part of a name is no slip of the whole: Hein, Heinrich.
    return score if score == 1 or (abs(len(one) - len(other)) <= 2 and score > 0.8) else 0.0


def _given(mine: Words, theirs: Words, lexicon: Lexicon) -> float:
    if not mine or not theirs:
        # The family name alone.
        return 0.6
    if mine == theirs:
        return 1.0
    short, long = sorted((mine, theirs), key=len)
    first = _one_given(short[0], long[0], lexicon)
    further = [max(_one_given(word, other, lexicon) for other in long) for word in short]
    told = min(max(first, max(_one_given(short[0], other, lexicon) - 0.1 for other in long)), *further, 1.0)
    return told if len(short) == len(long) else told * 0.95


def _one_given(one: str, other: str, lexicon: Lexicon) -> float:
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return 0.84 if long.startswith(short) else 0.0
    if len(short) > 2 and long.startswith(short) and not lexicon.is_word(short):
        # Alex for Alexander; Martin and Martina are two, and the catalogue knows both.
        return 0.8 if len(long) - len(short) > 1 else 0.86
    return _slip(one, other, lexicon) if len(short) > 3 else 0.0


def _all_names(mine: Words, theirs: Words, lexicon: Lexicon) -> float:
    """However they are divided into given and family names."""
    if sorted(mine) == sorted(theirs) and len(mine) > 1:
        return 96.0
    short, long = sorted((mine, theirs), key=len)
    if len(short) < 2 or len(set(short)) < 2:
        return 0.0
    told = [max(_slip(word, other, lexicon) for other in long) for word in short]
    return (
        0.0 if min(told) < 0.8 else 100 * sum(told) / len(told) * (0.92 if len(short) == len(long) else 0.8)
    )


def _by_other_names(one: PersonFacts, other: PersonFacts, lexicon: Lexicon) -> float:
    """A former name or another spelling, as editors noted it."""
    if len(one.names) < 2 and len(other.names) < 2:
        return 0.0
    told = best(one.names, other.names, lexicon)
    return 100 * told if told > 0.93 else 0.0


def _public_role(one: PersonFacts, other: PersonFacts, lexicon: Lexicon, reasons: Reasons) -> float:
    """What the appearances say: a common organisation or office, or none in common."""
    if one.bodies & other.bodies:
        reasons.append(("same_organisation", 0))
        return 10
    if one.offices and other.offices:
        same = best(one.offices, other.offices, lexicon)
        if same > 0.75:
            reasons.append(("same_office", 0))
            return 8
    if (one.bodies or one.offices) and (other.bodies or other.offices):
        reasons.append(("other_role", 0))
        return -26
    return 0
