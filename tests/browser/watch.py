"""What a browser does beside showing pages: other hosts it asks, complaints it makes, things it keeps."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Route, WebError

KEPT = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


@dataclass
class Watch:
    site: str
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def refuse(self, route: Route) -> None:
        self.strangers.append(route.request.url)
        route.abort()

    def hear(self, message: ConsoleMessage) -> None:
        """Breaches of the Content-Security-Policy are errors on the console, missing files too."""
        # A page that answers "not like this" or "not here" is no missing file.
        is_page = message.page and message.location["url"] == message.page.url
        if message.type in ("error", "warning") and not is_page:
            self.complaints.append(f"{message.text} ({message.location['url']})")

    def hear_error(self, error: WebError) -> None:
        self.complaints.append(str(error.error))

    def traces(self, context: BrowserContext) -> dict[str, list[str]]:
        """Everything a visitor would not want; what is empty is left out."""
        found = {
            "requests to others": self.strangers,
            "complaints": self.complaints,
            "cookies": [cookie["name"] for cookie in context.cookies()],
            "storage": [key for page in context.pages for key in page.evaluate(KEPT)],
        }
        return {name: things for name, things in found.items() if things}
