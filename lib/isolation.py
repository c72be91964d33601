"""What pages of other sites may take of this one, and which powers of the browser its pages go without."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

RESOURCES = "Cross-Origin-Resource-Policy"
# Nobody is asked for any of this: neither our scripts nor one that got in may use it (Permissions Policy).
UNUSED = (
    "accelerometer",
    "autoplay",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
# Buttons that copy a text, and editors' security keys; not in frames of others.
USED = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
POWERS = ", ".join([*(f"{name}=()" for name in UNUSED), *(f"{name}=(self)" for name in USED)])


class IsolationMiddleware:
    """Pages stay with this site; data and pictures may be used anywhere (Fetch §3.7, cross-origin).

    So may pages that are made to be framed. A view that knows better is left alone. Stands above all that
    answers by itself, so that files and refusals have the headers, too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        kind = response.headers.get("Content-Type", "")
        response.headers.setdefault(
            RESOURCES, "cross-origin" if _is_for_all(response, kind) else "same-origin"
        )
        if kind.startswith("text/html"):
            response.headers.setdefault("Permissions-Policy", POWERS)
        return response


def _is_for_all(response: HttpResponseBase, kind: str) -> bool:
    return (
        response.headers.get("Access-Control-Allow-Origin") == "*"
        or kind.startswith("image/")
        or getattr(response, "xframe_options_exempt", False)
    )
