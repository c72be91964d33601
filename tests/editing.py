"""The admin's forms as a browser would send them, without the work of rendering pages."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.forms import CheckboxInput
from django.test import RequestFactory
from django.urls import resolve


def answer(method: str, url: str, data: Any = None, by: Any = None) -> Any:
    """What the page at an address answers somebody, without `by` a superuser; not rendered yet, with
    `messages` to read.
    """
    request = getattr(RequestFactory(), method)(url, data)
    request.user = by or get_user_model().objects.filter(is_superuser=True).first()
    request.session = {}
    request.resolver_match = resolve(url)
    request._messages = FallbackStorage(request)
    request._dont_enforce_csrf_checks = True
    match = request.resolver_match
    response = match.func(request, *match.args, **match.kwargs)
    response.messages = list(get_messages(request))
    return response


def send(url: str, by: Any = None, **changes: Any) -> Any:
    """Posts the form at an address with some values changed; __ stands for -, None leaves a value out."""
    data = as_sent(url, by) | {name.replace("__", "-"): value for name, value in changes.items()}
    return answer("post", url, {name: value for name, value in data.items() if value is not None}, by)


def as_sent(url: str, by: Any = None) -> dict[str, Any]:
    """What a browser would post if an editor changed nothing on the page."""
    page = answer("get", url, by=by).context_data
    data = _values(page["adminform"].form)
    if page.get("since"):
        data["_since"] = page["since"].moment
    for inline in page["inline_admin_formsets"]:
        data.update(_values(inline.formset.management_form))
        for form in inline.formset.forms:
            data.update(_values(form))
    return data


def _values(form: Any) -> dict[str, Any]:
    data = {}
    for bound in form:
        value = bound.value()
        if value is None or value is False:
            continue
        widget = getattr(bound.field.widget, "widget", bound.field.widget)
        many = getattr(widget, "allow_multiple_selected", False)
        if value is True and isinstance(widget, CheckboxInput):
            value = "on"
        data[bound.html_name] = value if many or value in (True, "on") else widget.format_value(value)
        if isinstance(data[bound.html_name], list) and not many:
            data[bound.html_name] = data[bound.html_name][0]
    return {name: "" if value is None else value for name, value in data.items()}


def row(prefix: str, number: int, **values: Any) -> dict[str, Any]:
    """One more row of an inline, which is then the last one."""
    return {f"{prefix}__{number}__{name}": value for name, value in values.items()} | {
        f"{prefix}__TOTAL_FORMS": number + 1
    }


def errors_of(response: Any) -> dict[str, list[str]]:
    """{field or __all__: messages} of the entry's own form; empty where it was saved."""
    if response.status_code == 302:
        return {}
    return {name: list(problems) for name, problems in response.context_data["adminform"].form.errors.items()}
