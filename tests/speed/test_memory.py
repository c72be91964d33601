"""What only some processes need is not in the memory of those that show pages."""

import json
import os
import subprocess
import sys

from django.conf import settings

# (module, who reads it): each of them takes one to ten megabytes.
LATER = {
    "openpyxl": "workbooks in and out",
    "PIL.Image": "pictures that are uploaded or drawn",
    "segno": "codes for telephones",
    "snowballstemmer": "the rules of forty languages",
    "holidays": "the months' pages, beside the first answers",
    "icalendar": "tests",
}
ADDRESSES = "import django; django.setup(); from django.urls import reverse; reverse('home'); "
TOLD = "import json, sys; print(json.dumps(sorted(sys.modules)))"


def test_a_process_that_knows_all_addresses_has_not_read_what_few_pages_need():
    """In a process of its own, since tests have read everything."""
    known = dict(os.environ) | {"SITE_URL": "https://kongresse.example.org", "DEBUG": "false"}
    told = subprocess.run(
        [sys.executable, "-c", ADDRESSES + TOLD],
        env=known,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not LATER.keys() & set(json.loads(told.stdout))
