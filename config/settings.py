"""All settings, in one file, read from the environment.

`python3 dev.py …` sets what a developer needs. A production install sets at least DATABASE_URL, SECRET_KEY
and SITE_URL; docs/operations.md lists every variable. What is missing or unreadable stops the start with a
sentence on the remedy.
"""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

env = environ.Env()


def required(name: str, remedy: str) -> str:
    """The variable's text; without it the start ends with the remedy."""
    value: str = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {remedy}")
    return value


# --- Places -------------------------------------------------------------------------------------------------
# The checkout.
BASE_DIR = Path(__file__).resolve().parent.parent
# Where collectstatic puts what the web server serves.
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))()
# Where uploaded event images lie. Back it up together with the database.
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "media"))()

# --- The site -----------------------------------------------------------------------------------------------
# The name in titles, feeds and mails.
SITE_NAME = env.str("SITE_NAME", default="Kongressatlas")
# The address under which visitors see the site. Canonical links, calendars and cookies follow it.
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
SITE_PARTS = urlsplit(SITE_URL)
if SITE_PARTS.scheme not in ("http", "https") or not SITE_PARTS.hostname or SITE_PARTS.path:
    raise ImproperlyConfigured(
        f"SITE_URL is {SITE_URL!r}, but must be scheme and host only, as in https://kongresse.example.org"
    )
SITE_IS_HTTPS = SITE_PARTS.scheme == "https"
SITE_IS_LOCAL = SITE_PARTS.hostname in ("127.0.0.1", "localhost", "::1")

# --- Core ---------------------------------------------------------------------------------------------------
# Error pages with source code: for a developer's own machine only.
DEBUG = env.bool("DEBUG", default=False)
# Signs sessions and form tokens. Changing it logs everybody out.
SECRET_KEY = required(
    "SECRET_KEY",
    "Use `python3 dev.py manage …` on a developer's machine. In production set it to 50 random characters:"
    " python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
)
# Former secret keys that still verify sessions while a new one is phased in.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Host names that are answered: the one in SITE_URL and, if need be, more (a probe's address, say).
ALLOWED_HOSTS = [
    f"[{SITE_PARTS.hostname}]" if ":" in SITE_PARTS.hostname else SITE_PARTS.hostname,
    *env.list("ALLOWED_HOSTS", default=[]),
    *(["127.0.0.1", "localhost", "[::1]"] if SITE_IS_LOCAL else []),
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "csp",
    "django_filters",
    "django_htmx",
    "addresses",
    "organisations",
    "speakers",
    "events",
]

# Order matters: what stands above sees the answer of what stands below.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lib.http.PathLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Database -----------------------------------------------------------------------------------------------
# PostgreSQL 15 or newer: postgres://user:password@host:port/name, or with a socket
# postgres://user@/name?host=/folder
required(
    "DATABASE_URL",
    "Use `python3 dev.py manage …`, which brings its own PostgreSQL, or set it as in postgres://user:password@host/name",
)
DATABASE = env.db_url("DATABASE_URL")
# A socket's folder may also stand percent-encoded where the host stands.
DATABASE["HOST"] = unquote(DATABASE["HOST"])
# The longest time one query may take: config/wsgi.py sets it for the web server, commands run without.
DATABASE_STATEMENT_TIMEOUT = env.str("DATABASE_STATEMENT_TIMEOUT", default="")
if DATABASE_STATEMENT_TIMEOUT:
    database_options = DATABASE.setdefault("OPTIONS", {})
    database_options["options"] = (
        f"{database_options.get('options', '')} -c statement_timeout={DATABASE_STATEMENT_TIMEOUT}".strip()
    )
DATABASES = {
    "default": DATABASE
    | {
        # Seconds a thread keeps its connection: opening one costs more than most queries.
        "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", default=600),
        "CONN_HEALTH_CHECKS": True,
    }
}
# dev.py says with EMBEDDED_DATABASE that the database is its own. Samples never go into an operator's
# database.
SAMPLES_ALLOWED = env.bool("EMBEDDED_DATABASE", default=False)

# --- Languages and time -------------------------------------------------------------------------------------
# German is the default and has no prefix in the path; English lives under /en/. Sources are English.
LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
# The editors' clock; every event carries a time zone of its own.
TIME_ZONE = "Europe/Berlin"

# --- Accounts -----------------------------------------------------------------------------------------------
# Only editors have accounts. Twelve characters, none of the well-known ones.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
# Messages to editors travel in their session: one cookie less.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Security -----------------------------------------------------------------------------------------------
# Cookies exist for editors only. Under https they carry the prefix that ties them to this very host.
COOKIE_PREFIX = "__Host-" if SITE_IS_HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
SESSION_COOKIE_SECURE = SITE_IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
CSRF_COOKIE_SECURE = SITE_IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# Behind a proxy that ends TLS the request looks like http: the form's origin is compared with this one.
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# http is sent on to https, except the probes of a load balancer.
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=SITE_IS_HTTPS)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
# Browsers remember for a year that the site speaks https only.
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000 if SITE_IS_HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=SITE_IS_HTTPS)
# Preloading binds a whole registered domain for years: its owner decides, so the reminder is silenced.
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W021"]
# The header in which a proxy says that the visitor came by https, X-Forwarded-Proto for instance. Set it only
# where the proxy overwrites what visitors send; without it a proxy that ends TLS gets an endless redirect.
PROXY_SSL_HEADER = env.str("PROXY_SSL_HEADER", default="")
if PROXY_SSL_HEADER:
    SECURE_PROXY_SSL_HEADER = (f"HTTP_{PROXY_SSL_HEADER.upper().replace('-', '_')}", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
# "no-referrer" would break every form that posts: Django compares the referrer.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Everything comes from this host, nothing is inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# An editor's form with a full programme has many fields; a body beyond these limits is refused before it is
# read.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o644
# An address typed without a scheme means https, as it will be from Django 6 on.
FORMS_URLFIELD_ASSUME_HTTPS = True

# --- Static files -------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Names with a hash in them may be cached for ever. A file that mentions a missing one (a source map, say)
# stops collectstatic: leave out the mention. Development and tests use the plain names and need no
# collectstatic.
STATIC_MANIFEST = env.bool("STATIC_MANIFEST", default=not DEBUG)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Hashed copies only: half the work for collectstatic, and nothing that must not be cached.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- Mail ---------------------------------------------------------------------------------------------------
# smtp+tls://user:password@host:587; without it mails are printed.
MAIL = env.email_url("EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = MAIL["EMAIL_BACKEND"]
EMAIL_HOST = MAIL["EMAIL_HOST"] or "localhost"
EMAIL_PORT = MAIL["EMAIL_PORT"] or 25
EMAIL_HOST_USER = MAIL["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = MAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = MAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = MAIL.get("EMAIL_USE_SSL", False)
# Seconds to wait for the mail server: a visitor's report may not hang on it.
EMAIL_TIMEOUT = 10
# The sender of every mail.
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"noreply@{SITE_PARTS.hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where visitors can write to; shown on the site.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")
# Who gets reports of barriers and of wrong entries, separated by commas.
REPORT_RECIPIENTS = env.list("REPORT_RECIPIENTS", default=[])

# --- Log ----------------------------------------------------------------------------------------------------
# To stderr, where every process manager looks. No addresses of visitors.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        # Django's own handlers would print each line twice, or mail it.
        "django": {"handlers": [], "propagate": True},
        # A page that is not found is no news.
        "django.request": {"level": "ERROR"},
    },
}

# --- Duties of a public site: imprint, privacy, accessibility -----------------------------------------------
# (the operator's legal settings stand below this line)
