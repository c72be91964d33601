"""The table of contents of the site. The first language bears no prefix, the other one /en/ or /de/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config import sitemap, views
from lib.picture_serving import picture_file


def media_patterns() -> list[URLPattern]:
    """Uploaded images on a developer's machine; in production the web server in front hands them out."""
    prefix = settings.MEDIA_URL.lstrip("/")
    return [path(f"{prefix}<path:path>", picture_file, name="media")]


def gallery_patterns() -> list[URLPattern | URLResolver]:
    """All components of the pages, on a developer's machine alone."""
    return [path("", include("gallery.urls"))] if settings.SITE_IS_LOCAL or settings.DEBUG else []


urlpatterns: list[URLPattern | URLResolver] = [
    # First, since programs ask most often, and each pattern takes its time.
    path("", include("api.service_urls")),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("", include("events.urls")),
        path("", include("organisations.urls")),
        path("", include("speakers.urls")),
        path("", include("search.urls")),
        path("", include("sharing.urls")),
        path("", include("api.urls")),
        path("", include("pages.urls")),
        path("", include("feedback.urls")),
        *gallery_patterns(),
        path(settings.ADMIN_PATH, include("accounts.urls")),
        path(settings.ADMIN_PATH, admin.site.urls),
        prefix_default_language=False,
    ),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<slug:part>.xml", sitemap.part, name="sitemap-part"),
    path("", include("pages.service_urls")),
    path("", include("branding.service_urls")),
    path("", include("sharing.service_urls")),
    path("", include("operations.service_urls")),
    *(media_patterns() if settings.SITE_IS_LOCAL else []),
]

handler400 = "pages.errors.handler400"
handler403 = "pages.errors.handler403"
handler404 = "pages.errors.handler404"
handler500 = "pages.errors.handler500"
# allauth's own name for one more.
handler429 = "accounts.signing.views.too_many_requests"
