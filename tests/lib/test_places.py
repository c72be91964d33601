from django.utils.translation import override

from lib.places import country_name, state_name


def test_names_follow_the_language():
    assert (state_name("DE-BY"), country_name("DK")) == ("Bayern", "Dänemark")
    with override("en"):
        assert (state_name("DE-BY"), country_name("DK")) == ("Bavaria", "Denmark")


def test_a_state_without_an_english_name_keeps_its_own():
    with override("en"):
        assert state_name("DE-BE") == "Berlin"


def test_kosovo_has_a_name_and_unknown_codes_stay_codes():
    assert country_name("XK") == "Kosovo"
    assert (country_name("ZZZ"), state_name("FR-IDF")) == ("ZZZ", "FR-IDF")
