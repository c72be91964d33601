"""The door for a WSGI server: `granian --interface wsgi config.wsgi:application`."""

import gc
import os
import threading

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import reverse
from django.utils.translation import override

from lib.allocation import be_frugal, give_back

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Only here, not in settings: a visitor's query may never hold a thread for long, but a migration may run for
# minutes.
os.environ.setdefault("DATABASE_STATEMENT_TIMEOUT", "10s")

be_frugal()
_django = get_wsgi_application()

# Both languages' addresses are known before the first visitor asks and before threads work side by side.
for _language, _name in settings.LANGUAGES:
    with override(_language):
        reverse("home")

# The code that runs is named in ETags: now, before somebody puts other files in its place.
from events.conditional import identity  # noqa: E402

identity()

from events.bits.keeper import keeper  # noqa: E402
from lib import days_off, stalled  # noqa: E402
from shelf.door import Door  # noqa: E402

application = Door(_django)
# Seconds.
_LONGEST = 20


def _settle() -> None:
    """Reads what takes up to a second beside the first answers, not within one.

    What has been loaded then stays: looking for garbage in it held a page up now and then, for longer than
    it took.
    """
    days_off.read_library()
    gc.collect()
    gc.freeze()
    give_back()


# A worker that answered before it had read a large catalogue would ask for seconds of SQL instead. So it
# rather begins later; beside a former one that is being replaced nobody notices. But it does not wait for
# ever for a database that is away.
keeper.begin()
keeper.settle(_LONGEST)
# Rarer looks held ten megabytes more of what nobody needs, and saved no time.
gc.set_threshold(10_000, 20, 50)
stalled.watch()
threading.Thread(target=_settle, daemon=True).start()
