"""How an embedded list looks, and the lines of HTML that a webmaster copies."""

from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.forms.utils import flatatt
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

MOST = 50
# Pixels that a row of a layout is high, where nothing adapts the height of the frame.
ROWS = {"list": 116, "cards": 130, "compact": 62}
TALLEST, LOWEST, WIDEST = 640, 200, 640


class LookForm(forms.Form):
    """The parameters of an embedded list beside its filter."""

    LAYOUTS = (("list", _("List")), ("cards", _("Cards")), ("compact", _("Compact")))
    THEMES = (("light", _("Light")), ("dark", _("Dark")), ("auto", _("As the visitor's device")))

    layout = forms.ChoiceField(label=_("Layout"), choices=LAYOUTS)
    theme = forms.ChoiceField(label=_("Colours"), choices=THEMES)
    limit = forms.IntegerField(label=_("Number of events"), min_value=1, max_value=MOST)

    def __init__(self, query: QueryDict) -> None:
        """The parameters of a query string; those that are not given are as usual."""
        super().__init__(asdict(Look()) | {name: value for name, value in query.items() if value})


class BuilderForm(LookForm):
    """What the builder asks beside: whether the frame is to be as high as its content."""

    HEIGHTS = (("auto", _("Adapts (with a script)")), ("fixed", _("Fixed (without a script)")))

    height = forms.ChoiceField(label=_("Height"), choices=HEIGHTS)


@dataclass(frozen=True)
class Look:
    """`theme` is light unless told otherwise: few sites that embed a list are dark on dark devices."""

    layout: str = "list"
    theme: str = "light"
    limit: int = 10
    height: str = "auto"

    @classmethod
    def of(cls, form: forms.Form) -> "Look":
        """What was chosen; what cannot be read is as usual."""
        form.is_valid()
        return cls(**form.cleaned_data)

    @property
    def parameters(self) -> dict[str, Any]:
        """What has to stand in the address of the frame."""
        usual = Look()
        names = ("layout", "theme", "limit")
        return {name: getattr(self, name) for name in names if getattr(self, name) != getattr(usual, name)}

    def pixels(self, events: int) -> int:
        """A height for so many events, no more than a screen's."""
        rows = min(events, self.limit)
        return max(LOWEST, min(TALLEST, 72 + rows * ROWS[self.layout]))


def list_frame(filters: QueryDict, look: Look) -> str:
    """The absolute address of the frame with a filter's list."""
    query = filters.copy()
    query.update({name: str(value) for name, value in look.parameters.items()})
    text = query.urlencode()
    return settings.SITE_URL + reverse("sharing:embed-list") + (f"?{text}" if text else "")


def event_frame(slug: str, look: Look) -> str:
    """The absolute address of the frame with one event."""
    theme = f"?theme={look.theme}" if look.theme != Look.theme else ""
    return settings.SITE_URL + reverse("sharing:embed-event", args=[slug]) + theme


def snippet(address: str, title: str, height: int, *, width: str = "100%", resized: bool = True) -> str:
    """The lines of HTML for another site, escaped once. `resized` adds the script that adapts the height.

    The style stands in the element, since the other site's stylesheet is not ours to write.
    """
    frame = {"src": address, "title": title, "loading": "lazy", "height": str(height)}
    look = {"style": f"border: 0; width: {width}; max-width: 100%"}
    lines = [_element("iframe", frame | look)]
    if resized:
        script = {"src": settings.SITE_URL + reverse("embed-script"), "async": True}
        lines.append(_element("script", script))
    return "\n".join(lines)


def _element(name: str, attributes: dict[str, Any]) -> str:
    """An element without content as plain text, not as HTML of our own page."""
    return f"<{name}{flatatt(attributes)}></{name}>"
