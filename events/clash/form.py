"""What an organiser says of a plan. It stands in the address, so every word of it may be anything."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from addresses.models import FormerSlug, NounKind
from events.clash.competing import Plan
from events.clash.rows import Whereabouts
from events.clash.topics import next_topics
from events.filters import FIRST_YEAR, LAST_YEAR, MAX_VALUES
from events.models import Topic
from events.models.choices import Audience
from lib import gazetteer
from lib.places import state_name, states
from lib.printable import UNPRINTABLE

LONGEST_PLAN = 31
LARGEST = 1_000_000
# As browsers send it, and as people here write and paste it.
DATE_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]
NAMES = ("from", "to", "topic", "audience", "near", "state", "online", "size")


class DayField(forms.DateField):
    """A day as the browser's own input shows it. What cannot be read is shown as text, or it would vanish."""

    widget = forms.DateInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=DATE_FORMATS, **kwargs)
        self.error_messages["invalid"] = _NO_DAY
        self.widget.input_type = "date"
        self.widget.format = "%Y-%m-%d"

    def to_python(self, value: Any) -> dt.date | None:
        text = str(value or "")
        day = super().to_python(text if text.isascii() else "?" * bool(text))
        if day and day.year not in range(FIRST_YEAR, LAST_YEAR):
            raise forms.ValidationError(_("Please choose a year from 1900 to 2199."), code="invalid")
        return day


_NO_DAY = gettext_lazy("Please enter a day such as 2027-11-20 or 20.11.2027.")


class PlanForm(forms.Form):
    # Messages come in the visitor's language from here, not in the browser's.
    use_required_attribute = False

    topic = forms.MultipleChoiceField(
        label=gettext_lazy("Topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("This topic is not known here.")},
    )
    audience = forms.MultipleChoiceField(
        label=gettext_lazy("Audience"),
        required=False,
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("This audience is not known here.")},
    )
    near = forms.CharField(
        label=gettext_lazy("Town or postal code"),
        required=False,
        max_length=gazetteer.LONGEST,
        error_messages={"max_length": gettext_lazy("No town has so long a name.")},
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        help_text=gettext_lazy("For holidays. Without it, the state of the town counts."),
        error_messages={"invalid_choice": gettext_lazy("This state is not known here.")},
    )
    online = forms.BooleanField(label=gettext_lazy("Online only"), required=False)
    size = forms.IntegerField(
        label=gettext_lazy("Expected attendees"),
        required=False,
        min_value=1,
        max_value=LARGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 9, "class": "clash-form__size"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), gettext_lazy("Please enter a number from 1 to 1,000,000.")
        ),
    )
    field_order = ["from", "to"]

    def __init__(self, query: QueryDict, topics: Sequence[Topic]) -> None:
        """`topics` are all there are, by name, each with its broader one."""
        asked = any(query.getlist(name) for name in NAMES)
        data = _plain(query) if asked else None
        if data is not None:
            _follow_former_slugs(data, {topic.slug for topic in topics})
        super().__init__(data, auto_id="id_%s")
        self.topics = topics
        self.typed = data if data is not None else QueryDict()
        self.fields["topic"].choices = [(topic.slug, topic.name) for topic in topics]  # type: ignore[attr-defined]
        self.fields["state"].choices = _state_choices()  # type: ignore[attr-defined]
        if self.is_bound:
            self._show_what_was_typed()

    def _show_what_was_typed(self) -> None:
        """A date input shows nothing but dates, and those only as ISO 8601 has them."""
        for name in ("from", "to"):
            if name in self.errors:
                self.fields[name].widget.input_type = "text"
            elif day := self.cleaned_data.get(name):
                self.typed[name] = day.isoformat()

    def clean_topic(self) -> list[str]:
        return list(self.cleaned_data["topic"])[:MAX_VALUES]

    def clean_near(self) -> str:
        self.place = None
        text = str(self.cleaned_data["near"])
        if not text:
            return ""
        found = gazetteer.find(text)
        if not found:
            raise forms.ValidationError(self._unknown(text), code="unknown")
        self.place, self.others = found[0], found[1 : gazetteer.MOST_OTHERS]
        return text

    def _unknown(self, text: str) -> str:
        similar = ", ".join(place.full_name for place in gazetteer.alike(text))
        if similar:
            return _("This place is not known here. Did you mean: %(places)s?") % {"places": similar}
        return _("This place is not known here. Please enter a town or a German postal code.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("from"), data.get("to")
        if first and last and last < first:
            self.add_error("to", _("The last day lies before the first."))
        elif first and last and (last - first).days >= LONGEST_PLAN:
            self.add_error("to", _("Please enter at most %(number)s days.") % {"number": LONGEST_PLAN})
        return data

    # -- what it says, once it is valid -----------------------------------------------------

    place: gazetteer.Place | None = None
    others: Sequence[gazetteer.Place] = ()

    @property
    def state_for_holidays(self) -> str:
        """The code of the chosen state, or of the town's; empty without either."""
        return str(self.cleaned_data["state"]) or (self.place.state if self.place else "")

    @property
    def whereabouts(self) -> Whereabouts:
        if self.cleaned_data["online"]:
            return Whereabouts()
        point = (self.place.latitude, self.place.longitude) if self.place else None
        return Whereabouts(point, self.state_for_holidays)

    @property
    def plan(self) -> Plan:
        data = self.cleaned_data
        return Plan(
            first=data["from"],
            last=data["to"] or data["from"],
            topics=frozenset(data["topic"]),
            audiences=frozenset(data["audience"]),
            has_place=self.whereabouts.is_known,
            is_online=data["online"],
            size=data["size"],
            next_topics=next_topics(self.topics),
        )

    def query_for(self, first: dt.date, last: dt.date, near: str = "") -> str:
        """The same plan on other days, or in another town, as a query string."""
        query = QueryDict(mutable=True)
        query["from"] = first.isoformat()
        if last != first:
            query["to"] = last.isoformat()
        for name in NAMES[2:]:
            values = self.typed.getlist(name)
            if values and values != [""]:
                query.setlist(name, values)
        if near:
            query["near"] = near
        return query.urlencode()


# "from" is a word of Python, so these two cannot be written as attributes.
PlanForm.base_fields = {
    "from": DayField(
        label=gettext_lazy("First day"),
        error_messages={"required": gettext_lazy("Please enter the first day.")},
    ),
    "to": DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Leave it empty for a single day."),
    ),
    **PlanForm.base_fields,
}


def _plain(query: QueryDict) -> QueryDict:
    """The known parameters; what no keyboard types becomes a space, PostgreSQL takes no null character."""
    data = QueryDict(mutable=True)
    for name in NAMES:
        data.setlist(
            name, [UNPRINTABLE.sub(" ", value).strip() for value in query.getlist(name)[:MAX_VALUES]]
        )
    return data


def _follow_former_slugs(data: QueryDict, known: set[str]) -> None:
    """A former slug of a topic means its successor."""
    asked = data.getlist("topic")
    if set(asked) <= known:
        return
    current: Mapping[tuple[str, str], str] = FormerSlug.objects.current_slugs([NounKind.TOPIC], asked)
    data.setlist("topic", [current.get((NounKind.TOPIC, slug), slug) for slug in asked])


def _state_choices() -> list[tuple[str, str]]:
    named = sorted(((code, state_name(code)) for code in states()), key=lambda pair: pair[1])
    return [("", _("not chosen")), *named]
