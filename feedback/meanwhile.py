"""Reports that were settled while somebody was at them; what else became of them, see lib.editing.digests."""

from typing import Any

from django.utils.translation import gettext as _

from lib.editing.digests import digest
from lib.editing.forms import EditorForm
from lib.editing.meanwhile import lines


class ReportForm(EditorForm):
    """What can no longer be said is not lost without a word: who has typed an answer sees it once more."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        since: Any = self.since
        for name in since.shown.keys() - self.fields.keys() if since else ():
            typed = self.data.get(name, "")
            if typed and digest([lines(typed)]) != since.shown[name]:
                text = _(
                    "%(who)s has settled the report meanwhile. What you have typed was not saved: “%(text)s”"
                )
                self.add_error(None, text % {"who": since.hand(self.instance), "text": typed})
        return data
