"""Looking for cycles seldom ends with the block."""

import gc

from lib import collecting


def test_what_was_set_before_is_set_again():
    before = gc.get_threshold()
    with collecting.seldom():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before
