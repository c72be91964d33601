"""The cast stays while tests want it; these follow one another, and none finds what another did."""

import pytest

from events.models import Event

TITLE = "Smart-Country-Tage 2026"


@pytest.mark.parametrize("_time", [1, 2])
def test_what_a_test_changes_is_as_before_for_the_next(cast, _time):
    assert (cast.congress.title, Event.objects.get(pk=cast.congress.pk).title) == (TITLE, TITLE)
    cast.congress.title = "Anders"
    cast.congress.save()
    cast.online_talk.delete()


def test_who_does_not_want_it_finds_no_trace(db):
    assert not Event.objects.exists()


def test_it_is_made_again_after_that(cast):
    assert Event.objects.filter(pk=cast.online_talk.pk).exists()
