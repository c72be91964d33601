"""All settings, in one file, read from the environment.

`python3 dev.py …` sets what a developer needs. A production install sets at least DATABASE_URL, SECRET_KEY
and SITE_URL; docs/settings.md lists every variable. What is missing or unreadable stops the start with a
sentence on the remedy. Longer than a module should be, since each setting says why it is as it is.
"""

import re
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import branding

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
# The name in titles, feeds and mails; in English where it is another one.
SITE_NAME = env.str("SITE_NAME", default="Kongressatlas")
SITE_NAME_EN = env.str("SITE_NAME_EN", default="")
# The address under which visitors see the site. Canonical links, calendars and cookies follow it.
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
SITE_PARTS = urlsplit(SITE_URL)
if SITE_PARTS.scheme not in ("http", "https") or not SITE_PARTS.hostname or SITE_PARTS.path:
    raise ImproperlyConfigured(
        f"SITE_URL is {SITE_URL!r}, but must be scheme and host only, as in https://kongresse.example.org"
    )
# The address of the licence under which the data may be used; exports name it.
DATA_LICENCE = env.str("DATA_LICENCE", default="")
# The text that users of the data have to show where that licence asks for one; empty where it does not.
DATA_ATTRIBUTION = env.str("DATA_ATTRIBUTION", default="")
# The address that GovData gave to the operator as a deliverer of data (DCAT-AP.de contributorID).
DATA_CONTRIBUTOR = env.str("DATA_CONTRIBUTOR", default="")
SITE_IS_HTTPS = SITE_PARTS.scheme == "https"
SITE_IS_LOCAL = SITE_PARTS.hostname in ("127.0.0.1", "localhost", "::1")

# --- Look ---------------------------------------------------------------------------------------------------
# The line below the name, and a sentence at the foot of each page on what the site is; without them the
# software says what it is made for.
SITE_TAGLINE = env.str("SITE_TAGLINE", default="")
SITE_TAGLINE_EN = env.str("SITE_TAGLINE_EN", default="")
SITE_ABOUT = env.str("SITE_ABOUT", default="")
SITE_ABOUT_EN = env.str("SITE_ABOUT_EN", default="")
# The colour of links, buttons and signs in the light and in the dark theme, as in #1f4bb4. Without any it is
# KERN's blue, without the second one a brighter first one. `check` refuses what cannot be read.
ACCENT_COLOUR = branding.colour("ACCENT_COLOUR", env.str("ACCENT_COLOUR", default=""))
ACCENT_COLOUR_DARK = branding.colour("ACCENT_COLOUR_DARK", env.str("ACCENT_COLOUR_DARK", default=""))
# Files of the operator: a logo in place of the software's sign, another one for dark grounds, what it shows
# (empty: nothing that the name beside it does not say), the sign in the browser's tab, and the picture of
# 1200 × 630 that other sites show beside a link (PNG or JPEG).
LOGO = branding.picture("LOGO", env.str("LOGO", default=""))
LOGO_DARK = branding.picture("LOGO_DARK", env.str("LOGO_DARK", default=""))
LOGO_ALT = env.str("LOGO_ALT", default="")
FAVICON = branding.picture("FAVICON", env.str("FAVICON", default=""))
SHARE_PICTURE = branding.picture("SHARE_PICTURE", env.str("SHARE_PICTURE", default=""))

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
# Below which path editors work, in both languages: "redaktion/" gives /redaktion/ and /en/redaktion/.
ADMIN_PATH = f"{env.str('ADMIN_PATH', default='admin').strip('/')}/"
if not re.fullmatch(r"([a-z0-9-]+/)+", ADMIN_PATH):
    raise ImproperlyConfigured(
        f"ADMIN_PATH is {ADMIN_PATH!r}, but must be letters a to z, digits and hyphens, as in redaktion/"
    )
# Where editors go after they have logged in.
LOGIN_REDIRECT_URL = "admin:index"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "config.apps.EditorsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.apps.StaticConfig",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "journal",
    "index",
    "trail",
    "addresses",
    "organisations",
    "accounts",
    "speakers",
    "events",
    "catalogue",
    "curation",
    "pages",
    "branding",
    "feedback",
    "search",
    "sharing",
    "api",
    "shelf",
    "operations",
    "privacy",
]

# Order matters: what stands above sees the answer of what stands below.
MIDDLEWARE = [
    "lib.requests.NumberMiddleware",
    "shelf.middleware.ShelfMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "lib.isolation.IsolationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "pages.limits.AddressLimitMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "api.middleware.ApiMiddleware",
    "shelf.middleware.CountedShelfMiddleware",
    "pages.outages.OutageMiddleware",
    "lib.packing.PackingMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lib.http.OpenDataMiddleware",
    "lib.http.RevalidateMiddleware",
    "lib.http.PathLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "lib.http.PrintableMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "trail.middleware.ActingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.signing.middleware.SigningMiddleware",
    "lib.http.AddressMiddleware",
    "lib.uploads.UploadLimitMiddleware",
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
                "config.context.site",
            ],
            # {% load capture %}, {% load marking %}, {% load quick %}
            "libraries": {"capture": "lib.capture", "marking": "lib.marking", "quick": "lib.quick"},
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
# Between the application and the database stands a pool that gives a session for one transaction only
# (PgBouncer with pool_mode=transaction): nothing may rely on a session (docs/operations.md).
DATABASE_POOLED = env.bool("DATABASE_POOLED", default=False)
# The longest time one query may take: config/wsgi.py sets it for the web server, commands run without.
DATABASE_STATEMENT_TIMEOUT = env.str("DATABASE_STATEMENT_TIMEOUT", default="")
# Seconds after which a database that does not take a connection counts as away.
DATABASE_CONNECT_TIMEOUT = env.int("DATABASE_CONNECT_TIMEOUT", default=3)


def database(config: dict[str, Any]) -> dict[str, Any]:
    """As Django wants it, from what django-environ makes of an address."""
    options = {
        "connect_timeout": DATABASE_CONNECT_TIMEOUT,
        # Where the other machine has vanished, the system itself would wait for a quarter of an hour.
        "tcp_user_timeout": 10_000,
        "keepalives_idle": 10,
        "keepalives_interval": 3,
        "keepalives_count": 3,
        **config.get("OPTIONS", {}),
    }
    # A pool cannot hand this on; there it is a setting of the role.
    if DATABASE_STATEMENT_TIMEOUT and not DATABASE_POOLED:
        told = f"{options.get('options', '')} -c statement_timeout={DATABASE_STATEMENT_TIMEOUT}"
        options["options"] = told.strip()
    return config | {
        # A socket's folder may also stand percent-encoded where the host stands.
        "HOST": unquote(config["HOST"]),
        "OPTIONS": options,
        # Seconds a thread keeps its connection: opening one costs more than most queries.
        "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", default=600),
        "CONN_HEALTH_CHECKS": True,
        # They live in a session. Without them long calendars are fetched at once, and memory grows.
        "DISABLE_SERVER_SIDE_CURSORS": DATABASE_POOLED,
    }


DATABASES = {"default": database(env.db_url("DATABASE_URL"))}
# Standbys of that database, from which anonymous pages are read where they have caught up: addresses of the
# same form, separated by commas. Not among DATABASES: what asks the default database comes to them by
# lib/reading.py.
_REPLICA_URLS = env.list("DATABASE_REPLICA_URLS", default=[])
DATABASE_REPLICAS = [database(env.db_url_config(url)) for url in _REPLICA_URLS]
# dev.py says with EMBEDDED_DATABASE that the database is its own. Samples never go into an operator's
# database.
SAMPLES_ALLOWED = env.bool("EMBEDDED_DATABASE", default=False)

# --- Languages and time -------------------------------------------------------------------------------------
# The first one is the default and has no prefix in the path, the other one lives under /en/ or /de/. One
# alone will do, too. Sources are English.
_NAMES = {"de": _("German"), "en": _("English")}
LANGUAGES = [
    (code, _NAMES[code]) for code in branding.languages("LANGUAGES", env.str("LANGUAGES", default="de,en"))
]
LANGUAGE_CODE = LANGUAGES[0][0]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
# The editors' clock; every event carries a time zone of its own.
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Berlin")
# The country that the directory is about (ISO 3166-1): new places and organisations begin with it, addresses
# leave it out, and its public holidays stand in calendars (those of DE, AT and CH are known).
DEFAULT_COUNTRY = env.str("DEFAULT_COUNTRY", default="DE")
# The Land or canton that they begin with (ISO 3166-2, as in DE-NW); empty: none.
DEFAULT_STATE = env.str("DEFAULT_STATE", default="")
if not re.fullmatch("[A-Z]{2}", DEFAULT_COUNTRY):
    raise ImproperlyConfigured(f"DEFAULT_COUNTRY is {DEFAULT_COUNTRY!r}, but must be two capitals, as in AT")
if DEFAULT_STATE and not re.fullmatch(f"{DEFAULT_COUNTRY}-[A-Z0-9]{{1,3}}", DEFAULT_STATE):
    raise ImproperlyConfigured(
        f"DEFAULT_STATE is {DEFAULT_STATE!r}, but must begin with DEFAULT_COUNTRY, as in {DEFAULT_COUNTRY}-1"
    )

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
# Argon2 comes first; what an older hasher made is written anew when its owner signs in.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
    "django.contrib.auth.hashers.BCryptSHA256PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
LOGIN_URL = "admin:login"
# A link by which a forgotten password is replaced works once and for so many seconds.
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60
# Groups whose members need a second factor before they see anything; by default where the site speaks https.
SECOND_FACTOR_GROUPS = env.list(
    "SECOND_FACTOR_GROUPS", default=["publisher", "administrator"] if SITE_IS_HTTPS else []
)
# Whether superusers need one, too. On a developer's machine the first account gets in by its password.
SECOND_FACTOR_SUPERUSERS = env.bool("SECOND_FACTOR_SUPERUSERS", default=SITE_IS_HTTPS)
# Hours after which everybody signs in again, and minutes without a request after which one does.
SESSION_HOURS = env.int("SESSION_HOURS", default=12)
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=120)
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
# Failures in a row that an account has free, and one network (whole authorities share one); then one waits a
# minute, and twice as long after each further failure, up to so many minutes.
LOCKOUT_FAILURES = env.int("LOCKOUT_FAILURES", default=5)
LOCKOUT_NETWORK_FAILURES = env.int("LOCKOUT_NETWORK_FAILURES", default=50)
LOCKOUT_LONGEST_MINUTES = env.int("LOCKOUT_LONGEST_MINUTES", default=60)
# Days after which `delete_old_sign_ins` forgets who signed in when.
SIGN_IN_DAYS = env.int("SIGN_IN_DAYS", default=90)
# django-allauth (docs/adr/0023): sign-in by name and password; nobody can make an account.
ACCOUNT_ADAPTER = "accounts.signing.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# Django's own, which writes no list of addresses beside that of the accounts.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
# Failed sign-ins are counted in the database; these limits, each process for itself, only keep mails few.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
ACCOUNT_FORMS = {
    "login": "accounts.signing.forms.SignInForm",
    "reauthenticate": "accounts.signing.forms.ConfirmForm",
    "change_password": "accounts.signing.forms.NewPasswordForm",
    "reset_password": "accounts.signing.forms.ForgottenForm",
    "reset_password_from_key": "accounts.signing.forms.ReplacePasswordForm",
}
MFA_ADAPTER = "accounts.signing.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Clocks of telephones differ: the codes before and after count, each of them once (RFC 6238, 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "accounts.signing.factor_forms.CodeForm",
    "reauthenticate": "accounts.signing.factor_forms.ConfirmCodeForm",
    "authenticate_webauthn": "accounts.signing.factor_forms.KeyForm",
    "reauthenticate_webauthn": "accounts.signing.factor_forms.ConfirmKeyForm",
    "activate_totp": "accounts.signing.factor_forms.AddAppForm",
    "add_webauthn": "accounts.signing.factor_forms.AddKeyForm",
    "edit_webauthn": "accounts.signing.factor_forms.NameKeyForm",
}
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
# The operator may name more that do not apply.
SILENCED_SYSTEM_CHECKS = ["security.W021", *env.list("SILENCED_CHECKS", default=[])]
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
# Everything comes from this host, nothing is inline. Text becomes a page's content or a script only where
# the policy that a script of ours declares lets it (Trusted Types): static/js/list.js and
# static/admin_site/trusted.js.
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
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["default"],
    }
}
# An editor's form with a full programme has many fields; a body beyond these limits is refused before it is
# read.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Letters of path and query together; RFC 9110 §4.1 asks for no less. What is longer is answered with 414.
LONGEST_ADDRESS = 8_000
# A picture or a table of ten megabytes and the form around it; what is larger is answered with 413, unread.
UPLOAD_MOST_BYTES = 12_000_000
# The web server in front, another account, hands pictures out, whatever the umask of the site.
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755
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

# --- Kept pages ---------------------------------------------------------------------------------------------
# What a process keeps of finished pages, in megabytes; 0 switches the shelf off (docs/adr/0028). Who edits
# templates wants to see them anew.
PAGE_CACHE_MEGABYTES = env.int("PAGE_CACHE_MEGABYTES", default=0 if DEBUG else 32)
# Where processes share pages that took long to make: redis://host:6379/0 for Redis or Valkey; empty for the
# database; "none" where each process works for itself.
CACHE_URL = env.str("CACHE_URL", default="")
PAGE_CACHE_SHARED = CACHE_URL != "none"
CACHES: dict[str, Any] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if CACHE_URL not in ("", "none"):
    if urlsplit(CACHE_URL).scheme not in ("redis", "rediss", "unix"):
        raise ImproperlyConfigured(
            f"CACHE_URL is {CACHE_URL!r}, but must begin with redis://, rediss:// or unix://"
        )
    if find_spec("redis") is None:
        raise ImproperlyConfigured("CACHE_URL needs a package that is not installed: pip install redis")
    CACHES["pages"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        # Whoever waits longer makes the page.
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
# Beginnings of paths that are never looked for there: files, probes, editors.
PAGES_NEVER_KEPT = (
    STATIC_URL,
    MEDIA_URL,
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/.well-known/",
    f"/{ADMIN_PATH}",
    *(f"/{code}/{ADMIN_PATH}" for code, _name in LANGUAGES[1:]),
)
# And of those whose requests are counted before anything is looked for there.
PAGES_COUNTED_FIRST = ("/api/v1/",)

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
# To stderr, where every process manager looks. No addresses of visitors. "text" is for people, "json" for
# programs that collect logs: one object in one line.
LOG_FORMAT = env.str("LOG_FORMAT", default="text")
if LOG_FORMAT not in ("text", "json"):
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT!r}, but must be text or json")
# A line for each request that reaches the application; the proxy's log knows all of them.
LOG_REQUESTS = env.bool("LOG_REQUESTS", default=False)
# What takes longer (milliseconds) stands in the log with a warning; 0 for never. Watching queries costs each
# of them a few microseconds.
SLOW_REQUEST_MS = env.int("SLOW_REQUEST_MS", default=2_000)
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", default=0)
# Who gets errors by mail, each kind once an hour, without personal data; empty for nobody.
ERROR_RECIPIENTS = env.list("ERROR_RECIPIENTS", default=[])
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"text": {"()": "lib.logs.LineFormatter"}, "json": {"()": "lib.logs.JsonFormatter"}},
    "filters": {"strangers": {"()": "lib.logs.Strangers"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["strangers"]},
        "mail": {"()": "operations.error_mails.ErrorMailHandler"},
    },
    "root": {"handlers": ["stderr", "mail"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "requests": {"level": "INFO" if LOG_REQUESTS else "WARNING"},
        # Django's own handlers would print each line twice, or mail it.
        "django": {"handlers": [], "propagate": True},
        # A page that is not found is no news.
        "django.request": {"level": "ERROR"},
    },
}

# --- Duties of a public site: imprint, privacy, accessibility -----------------------------------------------
# The operator's facts; config/example.env is a complete example. Texts are German and shown so on English
# pages. `|` starts a new line in addresses. PLACEHOLDER stands where a fact is still owed: pages mark it, and
# `check --deploy` fails until it is gone. What is empty by default may stay so; then it is not shown.
PLACEHOLDER = "TO BE ENTERED"


def day(name: str) -> date | None:
    """The variable's date, None where it is not set; a sentence on the remedy where it is unreadable."""
    value = env.str(name, default="")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}, but must be a date as in 2027-03-31") from None


LEGAL: dict[str, Any] = {
    # Imprint (§ 5 DDG, § 18 MStV). The provider's full name.
    "OPERATOR_NAME": env.str("OPERATOR_NAME", default=PLACEHOLDER),
    # Street, postal code, town: where papers can be served, so no post-office box.
    "OPERATOR_ADDRESS": env.str("OPERATOR_ADDRESS", default=PLACEHOLDER),
    # "Körperschaft des öffentlichen Rechts", say.
    "OPERATOR_LEGAL_FORM": env.str("OPERATOR_LEGAL_FORM", default=PLACEHOLDER),
    # Who acts for the provider: name and office.
    "OPERATOR_REPRESENTATIVE": env.str("OPERATOR_REPRESENTATIVE", default=PLACEHOLDER),
    # A telephone number, the second quick way besides CONTACT_EMAIL.
    "OPERATOR_PHONE": env.str("OPERATOR_PHONE", default=PLACEHOLDER),
    # Responsible for the content (§ 18 (2) MStV): a person's name and address.
    "OPERATOR_EDITOR": env.str("OPERATOR_EDITOR", default=PLACEHOLDER),
    # Supervisory authority, register with number, VAT or business identification number: where there are any.
    "OPERATOR_SUPERVISOR": env.str("OPERATOR_SUPERVISOR", default=""),
    "OPERATOR_REGISTER": env.str("OPERATOR_REGISTER", default=""),
    "OPERATOR_VAT_ID": env.str("OPERATOR_VAT_ID", default=""),
    # Privacy (Art. 13 and 14 GDPR). The data protection officer: address, e-mail, telephone.
    "PRIVACY_OFFICER": env.str("PRIVACY_OFFICER", default=PLACEHOLDER),
    # The data protection supervisory authority and its website.
    "PRIVACY_AUTHORITY": env.str("PRIVACY_AUTHORITY", default=PLACEHOLDER),
    "PRIVACY_AUTHORITY_URL": env.str("PRIVACY_AUTHORITY_URL", default=PLACEHOLDER),
    # The law that makes the directory a public task (Art. 6 (3) GDPR), such as "§ 3 BDSG".
    "PRIVACY_TASK_LAW": env.str("PRIVACY_TASK_LAW", default=PLACEHOLDER),
    # The processor that runs the servers (Art. 28 GDPR), with its seat; empty: the operator itself.
    "PRIVACY_HOST": env.str("PRIVACY_HOST", default=""),
    # Days that the web server keeps its log of requests, with shortened addresses. The log itself is the web
    # server's matter: set it up so that this is true.
    "SERVER_LOG_DAYS": env.int("SERVER_LOG_DAYS", default=7),
    # Accessibility statement (Directive (EU) 2016/2102, BITV 2.0 § 7, Implementing Decision (EU) 2018/1523).
    # The law that binds the operator, such as "§ 12a BGG und die BITV 2.0".
    "ACCESSIBILITY_LAW": env.str("ACCESSIBILITY_LAW", default=PLACEHOLDER),
    # full, partly or not.
    "ACCESSIBILITY_STATUS": env.str("ACCESSIBILITY_STATUS", default=PLACEHOLDER),
    # What is not accessible, as JSON: [{"part": …, "ground": …, "reason": …, "alternative": …}]; ground
    # is noncompliance, burden or exempt; alternative may be left out; each text may have a twin in English
    # (part_en, reason_en, alternative_en).
    "ACCESSIBILITY_BARRIERS": env.json("ACCESSIBILITY_BARRIERS", default=[]),
    # How it was evaluated: self or external; and when.
    "ACCESSIBILITY_METHOD": env.str("ACCESSIBILITY_METHOD", default=PLACEHOLDER),
    "ACCESSIBILITY_EVALUATED_ON": day("ACCESSIBILITY_EVALUATED_ON"),
    # When the statement was made and last reviewed. It is to be reviewed every year.
    "ACCESSIBILITY_CREATED_ON": day("ACCESSIBILITY_CREATED_ON"),
    "ACCESSIBILITY_REVIEWED_ON": day("ACCESSIBILITY_REVIEWED_ON"),
    # Days in which a reported barrier is to be answered: § 12b (4) BGG says one month, Länder vary.
    "ACCESSIBILITY_ANSWER_DAYS": env.int("ACCESSIBILITY_ANSWER_DAYS", default=28),
    # Where people turn to when the answer does not satisfy them, and the law that says so ("§ 16 BGG").
    "ENFORCEMENT_NAME": env.str("ENFORCEMENT_NAME", default=PLACEHOLDER),
    "ENFORCEMENT_ADDRESS": env.str("ENFORCEMENT_ADDRESS", default=PLACEHOLDER),
    "ENFORCEMENT_URL": env.str("ENFORCEMENT_URL", default=PLACEHOLDER),
    "ENFORCEMENT_LAW": env.str("ENFORCEMENT_LAW", default=PLACEHOLDER),
    "ENFORCEMENT_EMAIL": env.str("ENFORCEMENT_EMAIL", default=""),
    "ENFORCEMENT_PHONE": env.str("ENFORCEMENT_PHONE", default=""),
}

# A folder with texts of the operator's own for these pages, as Markdown: privacy.de.md is shown below what is
# made of the facts above, privacy.instead.de.md instead of it.
LEGAL_TEXTS = branding.texts("LEGAL_TEXTS", env.str("LEGAL_TEXTS", default=""))

# Days in which a reported error in an entry is answered; a barrier's are ACCESSIBILITY_ANSWER_DAYS.
FEEDBACK_ANSWER_DAYS = env.int("FEEDBACK_ANSWER_DAYS", default=14)
# The operator's Land (ISO 3166-2, as in DE-NW): its holidays are no days for an answer to be due.
OPERATOR_STATE = env.str("OPERATOR_STATE", default="")
# Days after which name and e-mail address are erased from a report, and after which all of it is deleted
# (`delete_old_reports` does both; `run_due_jobs` runs it once a day).
REPORT_CONTACT_DAYS = env.int("REPORT_CONTACT_DAYS", default=90)
REPORT_DAYS = env.int("REPORT_DAYS", default=1095)
# Days after which `delete_expired` deletes runs of jobs, notes of errors that were mailed, the admin's own
# log (accounts and groups), and answers to requests for one's data; after which histories forget who changed
# something. 0 keeps for good.
JOB_RUN_DAYS = env.int("JOB_RUN_DAYS", default=30)
ERROR_NOTICE_DAYS = env.int("ERROR_NOTICE_DAYS", default=90)
ADMIN_LOG_DAYS = env.int("ADMIN_LOG_DAYS", default=1095)
DISCLOSURE_DAYS = env.int("DISCLOSURE_DAYS", default=1095)
HISTORY_ACTOR_DAYS = env.int("HISTORY_ACTOR_DAYS", default=1825)
# Reports accepted in an hour from one shortened address; a whole authority may share one.
REPORTS_PER_HOUR = env.int("REPORTS_PER_HOUR", default=10)
# The header in which a proxy hands on the visitor's address, X-Forwarded-For for instance; its last entry
# counts. Without it all visitors behind a proxy share one limit.
CLIENT_ADDRESS_HEADER = env.str("CLIENT_ADDRESS_HEADER", default="")
# Where to report weaknesses (RFC 9116): mailto:, tel: or https:. Default: CONTACT_EMAIL, on a developer's
# machine an example. Without any there is no security.txt.
SECURITY_CONTACT = env.str(
    "SECURITY_CONTACT",
    default=f"mailto:{CONTACT_EMAIL}"
    if CONTACT_EMAIL
    else ("mailto:security@example.org" if SITE_IS_LOCAL else ""),
)
# The policy for such reports, an https address.
SECURITY_POLICY_URL = env.str("SECURITY_POLICY_URL", default="")
# Explanations in German easy language and in German sign language, which federal bodies owe on the home page
# (BITV 2.0 § 4): https addresses, linked at the foot of every page.
EASY_LANGUAGE_URL = env.str("EASY_LANGUAGE_URL", default="")
SIGN_LANGUAGE_URL = env.str("SIGN_LANGUAGE_URL", default="")

# --- The API ------------------------------------------------------------------------------------------------
# Requests to the API accepted in a minute from one shortened address; 0 for no limit. A network is known by
# CLIENT_ADDRESS_HEADER where a proxy stands in front.
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=600)

# --- Curation -----------------------------------------------------------------------------------------------
# How often editors compare coming events with their sources: "30:14" says that those which begin within 30
# days are due again 14 days after the last check. Events further away than the last pair are not asked for.
_INTERVALS = env.str("CHECK_INTERVALS", default="30:14 120:45 730:180")
if not re.fullmatch(r"\d{1,5}:\d{1,5}( \d{1,5}:\d{1,5})*", _INTERVALS):
    raise ImproperlyConfigured(
        f"CHECK_INTERVALS is {_INTERVALS!r}, but must be pairs of days as in 30:14 120:45"
    )
CHECK_INTERVALS = sorted((int(pair.split(":")[0]), int(pair.split(":")[1])) for pair in _INTERVALS.split())
# Days between two looks at an address in an entry that is in order (manage.py check_links).
LINK_CHECK_DAYS = env.int("LINK_CHECK_DAYS", default=30)

# --- Monitoring ---------------------------------------------------------------------------------------------
# Who brings it may read /metrics (Authorization: Bearer …); without one there is no such address.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

# --- Backup -------------------------------------------------------------------------------------------------
# Where back_up writes; with it set, run_due_jobs makes a backup every day. Copy them to another place.
BACKUP_FOLDER = env.str("BACKUP_FOLDER", default="")
# So many stay, the newest; 0 keeps all.
BACKUP_KEEP = env.int("BACKUP_KEEP", default=14)
# The public key for which backups are encrypted by the program age: age1…; without one they are plain.
BACKUP_RECIPIENT = env.str("BACKUP_RECIPIENT", default="")
# The folder of pg_dump and pg_restore where they are not on the PATH, or not in the server's version.
POSTGRES_PROGRAMS = env.str("POSTGRES_PROGRAMS", default="")
