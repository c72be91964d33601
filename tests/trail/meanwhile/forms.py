"""Forms that somebody opened and sends later."""

import re

from django.urls import reverse

from tests.editing import answer, as_sent, errors_of
from trail.acting import acting


class Form:
    """A form as somebody opened it, to be sent later."""

    def __init__(self, thing, by):
        meta = thing._meta
        self.url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[thing.pk])
        self.by, self.data = by, as_sent(self.url, by)

    def type(self, **values):
        self.data |= {name.replace("__", "-"): value for name, value in values.items()}
        return self

    def save(self, **values):
        self.type(**values)
        sent = {name: value for name, value in self.data.items() if value is not None}
        with acting(self.by):
            return answer("post", self.url, sent, self.by)

    def save_again(self, page, **values):
        """What the page shows that came back, as the browser would send it."""
        shown = page.context_data["adminform"].form
        self.data = {name: shown.data.getlist(name) for name in shown.data}
        for inline in page.context_data["inline_admin_formsets"]:
            prefix, data = f"{inline.formset.prefix}-", inline.formset.data
            self.data = {name: value for name, value in self.data.items() if not name.startswith(prefix)}
            self.data |= {name: data.getlist(name) for name in data if name.startswith(prefix)}
        return self.save(_since=page.context_data["since"].moment, **values)


def edit(thing, by, **values):
    """What somebody else saves meanwhile."""
    with acting(by):
        type(thing).objects.filter(pk=thing.pk).update(**values)


def told(page):
    return [re.sub(r"<[^>]+>", "", str(message)) for message in page.messages]


def row_errors(page):
    """{number of the row: {field: messages}} of the sources."""
    formset = next(
        inline.formset
        for inline in page.context_data["inline_admin_formsets"]
        if inline.formset.prefix == "sources"
    )
    return {number: dict(form.errors) for number, form in enumerate(formset.forms) if form.errors}


def clash(page, name):
    """What stands beside a field, without the moment."""
    return [re.sub(r" \([^)]*\d[^)]*\)", "", text) for text in errors_of(page).get(name, [])]
