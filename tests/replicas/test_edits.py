"""The production server, two workers, many readers, edits one after the other: nobody is shown what is over.

`dev.py bench edits` does the same with a thousand edits.
"""

import os

import pytest

from tests.replicas.conftest import default_database, settle
from tools.bench_edits import edited

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_no_answer_is_older_than_the_commit_before_its_request(pair, django_db_blocker):
    settle(pair)
    variables = dict(os.environ) | {
        "DATABASE_URL": pair.url,
        "DATABASE_REPLICA_URLS": pair.standby_url,
        "API_REQUESTS_PER_MINUTE": "0",
        "PAGE_CACHE_MEGABYTES": "32",
    }
    with django_db_blocker.unblock(), default_database(pair.url):
        _seconds, told = edited(variables, edits=60, connections=4)
    assert told.wrong == []
    assert set(told.statuses) <= {200, 404, 410}
    assert told.marks > 60
