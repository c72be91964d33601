"""The two forms by which visitors report something."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.models import LONGEST_EMAIL, LONGEST_MESSAGE, LONGEST_NAME, LONGEST_PAGE

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")
_TOO_LONG = _("Please shorten this to at most %(limit_value)d characters (now %(show_value)d).")


class MessageField(forms.CharField):
    """Text of several lines, a line break counted as one character as browsers count it."""

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        return super().to_python(_UNPRINTABLE.sub("", text)) or ""


class LineField(forms.CharField):
    """Text of one line: breaks and control characters, which could forge a mail's headers, become spaces."""

    def to_python(self, value: Any) -> str:
        text = _UNPRINTABLE.sub(" ", str(value or ""))
        return super().to_python(" ".join(text.split())) or ""


class ReportForm(forms.Form):
    """What both forms ask; only the message has to be given."""

    # Messages come in the visitor's language from here, not in the browser's.
    use_required_attribute = False

    message = MessageField(
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 8, "aria-required": "true"}),
        error_messages={"required": _("Please describe what you noticed."), "max_length": _TOO_LONG},
    )
    page = LineField(
        label=_("Page concerned"),
        help_text=_("Its address, or a few words on where to find it."),
        max_length=LONGEST_PAGE,
        required=False,
        error_messages={"max_length": _TOO_LONG},
    )
    name = LineField(
        label=_("Your name"),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": _TOO_LONG},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only if you would like an answer."),
        max_length=LONGEST_EMAIL,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("Please enter an address such as name@example.org, or leave the field empty."),
            "max_length": _TOO_LONG,
        },
    )


class BarrierForm(ReportForm):
    """A barrier anywhere on the site."""

    field_order = ["message", "page", "name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["message"].label = _("Which barrier did you come across?")
        self.fields["message"].help_text = _(
            "What did you want to do, and what kept you from it? If you like, name your browser and "
            "assistive technology."
        )


class ErrorForm(ReportForm):
    """Something wrong in one event's entry; the page concerned is known."""

    page = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["message"].label = _("What is wrong, and how should it read?")
        self.fields["message"].help_text = _("A link to a source helps us to check it.")
