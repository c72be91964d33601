"""What the admin says of a step: before it asks, on the button, when it is done."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.workflow import Move
from lib.editing.forms import Text

_QUESTIONS: dict[Move, Text] = {
    Move.SUBMIT: gettext_lazy("Send to review?"),
    Move.SEND_BACK: gettext_lazy("Return to draft?"),
    Move.PUBLISH: gettext_lazy("Publish on the site?"),
    Move.WITHDRAW: gettext_lazy("Withdraw from the site?"),
}
_BUTTONS: dict[Move, Text] = {
    Move.SUBMIT: gettext_lazy("Send to review"),
    Move.SEND_BACK: gettext_lazy("Return"),
    Move.PUBLISH: gettext_lazy("Publish"),
    Move.WITHDRAW: gettext_lazy("Withdraw"),
}
_LOGGED: dict[Move, Text] = {
    Move.SUBMIT: gettext_lazy("Sent to review."),
    Move.SEND_BACK: gettext_lazy("Returned to draft."),
    Move.PUBLISH: gettext_lazy("Published."),
    Move.WITHDRAW: gettext_lazy("Withdrawn."),
}


def question(move: Move) -> str:
    return str(_QUESTIONS[move])


def button(move: Move) -> str:
    return str(_BUTTONS[move])


def logged(move: Move) -> Text:
    """For the entry's history."""
    return _LOGGED[move]


def effects(move: Move) -> list[str]:
    """What will be, in sentences."""
    told: dict[Move, list[Any]] = {
        Move.SUBMIT: [_("Colleagues find the entries under “In review” and publish or return them.")],
        Move.SEND_BACK: [
            _("The entries are drafts again; whoever entered them reads your note among the steps."),
        ],
        Move.PUBLISH: [
            _("The pages are public, and lists, calendars and other outputs tell of the entries."),
        ],
        Move.WITHDRAW: [
            _("The pages will answer that the entry has been withdrawn (410 Gone)."),
            _("The entries leave every list and output; subscribed calendars learn that they are cancelled."),
            _("Nothing is deleted: you can publish them again at any time."),
            _("If the event itself is called off, do not withdraw it: set its status to “Cancelled”."),
        ],
    }
    return told[move]


def done(move: Move, count: int) -> str:
    texts = {
        Move.SUBMIT: ngettext("%(count)d event is in review.", "%(count)d events are in review.", count),
        Move.SEND_BACK: ngettext(
            "%(count)d event is a draft again.", "%(count)d events are drafts again.", count
        ),
        Move.PUBLISH: ngettext("%(count)d event was published.", "%(count)d events were published.", count),
        Move.WITHDRAW: ngettext("%(count)d event was withdrawn.", "%(count)d events were withdrawn.", count),
    }
    return texts[move] % {"count": count}
