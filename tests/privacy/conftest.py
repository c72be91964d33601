import pytest

from tests import factories as make


@pytest.fixture
def erika():
    return make.SpeakerFactory(given_name="Erika", family_name="Müßiggang", slug="erika-muessiggang")
