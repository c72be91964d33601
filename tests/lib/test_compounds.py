"""Compounds fall into the words that the catalogue knows, and into nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.compounds import candidates, split
from lib.stems import stem
from lib.words import canonical

KNOWN = {stem(canonical(word)) for word in ("Verwaltung", "Gesetz", "Portal", "Reform", "Nutzung")}


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Verwaltungsdigitalisierung", "Verwaltung Digitalisierung"),
        ("Verwaltungsdigitalisierungen", "Verwaltung Digitalisierung"),
        ("Registermodernisierung", "Register Modernisierung"),
        ("Registermodernisierungsgesetz", "Register Modernisierung Gesetz"),
        ("Onlinezugangsgesetz", "Online Zugang Gesetz"),
        ("Bürgerportal", "Bürger Portal"),
        ("Bundeskanzler", "Bund Kanzler"),
        ("Städtereform", "Stadt Reform"),
        ("Datennutzung", "Daten Nutzung"),
    ],
)
def test_a_compound_is_its_parts(word, parts):
    assert split(canonical(word), KNOWN) == tuple(stem(canonical(part)) for part in parts.split())


@pytest.mark.parametrize(
    "word",
    [
        "Verwaltung",
        "Quantenchromodynamik",
        "Bürgermeister",
        "Landkreis",
        "Kartoffelsalat",
        "Gemeinschaft",
        "für",
    ],
)
def test_what_is_no_compound_of_known_words_stays_whole(word):
    assert split(canonical(word), KNOWN) == ()


def test_a_new_word_lets_others_split_that_contain_it():
    word = canonical("Kartoffelreform")
    assert split(word, KNOWN) == ()
    assert "kartoffel" in candidates(word)
    assert split(word, KNOWN | {stem("kartoffel")}) == (stem("kartoffel"), "reform")


@given(
    st.sets(st.text("abdeginrstu", min_size=3, max_size=6)), st.text("abdeginrstu", min_size=7, max_size=16)
)
def test_only_candidates_matter(words, word):
    known = {stem(one) for one in words}
    assert split(word, known) == split(word, known & candidates(word))
