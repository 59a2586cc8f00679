"""Settings of the site. What differs between hosts comes from the environment, as `.env.example` says.

The site refuses to start with a value it cannot read or with an unsafe combination, and names all at once.
"""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, EnvValidationError, validate

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

DEVELOPMENT_SECRET_KEY = "development-only-and-refused-with-debug-off-0123456789"  # noqa: S105
SECRET_KEY_MINIMUM = 50
LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")
CACHE_BACKENDS = {
    "locmem": "django.core.cache.backends.locmem.LocMemCache",
    "redis": "django.core.cache.backends.redis.RedisCache",
    "rediss": "django.core.cache.backends.redis.RedisCache",
}

env = Env(eager=False)
env.read_env(BASE_DIR / ".env", recurse=False)


@env.parser_for("site_now")
def _site_now(value: str) -> datetime | None:
    """The frozen moment in UTC. The offset is required: a moment without one would depend on the reader."""
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise EnvError("Write a moment with its offset, such as 2023-12-02T10:00:00+08:00.")
    return moment.astimezone(UTC)


@env.parser_for("database")
def _database(value: str) -> dict[str, object]:
    """Django's settings of one database, with the options that stood our load tests."""
    try:
        database = dj_database_url.parse(value)
    except ValueError as error:
        raise EnvError(f"Not a database address ({error}). Write postgres://user@host/name.") from error
    options = database.setdefault("OPTIONS", {})
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # IMMEDIATE takes the write lock when a transaction begins: by default, of two writers that have both
        # read already one fails at once with "database is locked", whatever the timeout.
        defaults = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;",
        }
    elif database["ENGINE"] == "django.db.backends.postgresql":
        # A frozen server is worse than a stopped one: every wait has an end.
        defaults = {
            "connect_timeout": 3,
            "pool": {"min_size": 1, "max_size": 8, "timeout": 3},
            "options": "-c statement_timeout=5000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000",
        }
        database["CONN_HEALTH_CHECKS"] = True
    else:
        raise EnvError("Only sqlite:// and postgres:// are supported.")
    database["OPTIONS"] = defaults | options
    return dict(database)


@env.parser_for("cache")
def _cache(value: str) -> dict[str, str]:
    scheme = urlsplit(value).scheme
    if scheme not in CACHE_BACKENDS:
        raise EnvError("Only locmem://, redis:// and rediss:// are supported.")
    return {"BACKEND": CACHE_BACKENDS[scheme], "LOCATION": "" if scheme == "locmem" else value}


DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", DEVELOPMENT_SECRET_KEY)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [])
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
CONTACT = env.str(
    "CONTACT", "", validate=validate.Regexp(r"\Z|mailto:\S+\Z|https://\S+\Z", error="Begin with mailto: or https://.")
)
SITE_NOW = env.site_now("SITE_NOW", None)
PROXY_SSL_HEADER = env.str("PROXY_SSL_HEADER", "")
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0, validate=validate.Range(min=0, max=9))
SECOND_FACTOR = env.bool("SECOND_FACTOR", True)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
EMAIL_HOST = env.str("EMAIL_HOST", "")
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_SECURITY = env.str("EMAIL_SECURITY", "starttls", validate=validate.OneOf(["starttls", "tls", "none"]))
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
MAIL_FROM = env.str("MAIL_FROM", "")
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'aslms.sqlite3'}")}
MEDIA_DIR = env.path("MEDIA_DIR", VAR_DIR / "media")
CACHES = {"default": env.cache("CACHE_URL", "locmem://")}


def _refusals() -> list[str]:
    """One sentence for each value that would make a public host unsafe or wrong; for DEBUG off."""
    found = []
    if SECRET_KEY == DEVELOPMENT_SECRET_KEY or len(SECRET_KEY) < SECRET_KEY_MINIMUM:
        found.append(f"SECRET_KEY: set a secret of at least {SECRET_KEY_MINIMUM} random characters.")
    if not ALLOWED_HOSTS or {"*", "."} & set(ALLOWED_HOSTS):
        found.append("ALLOWED_HOSTS: set the host names of the site, separated by commas; * and . are refused.")
    site = urlsplit(SITE_URL)
    is_safe = site.scheme == "https" or site.hostname in LOOPBACK_HOSTS
    if not env("SITE_URL", "") or not site.hostname or site.path or not is_safe:
        found.append("SITE_URL: set the public address of the site, beginning with https:// and without a path.")
    if SITE_NOW is not None:
        found.append("SITE_NOW: unset it; only a demonstration with DEBUG on may freeze the clock.")
    if SECOND_FACTOR is False:
        found.append("SECOND_FACTOR: unset it; only a demonstration with DEBUG on may log in with a password alone.")
    return found


def _half_set() -> list[str]:
    """One sentence for each setting of the mail that lacks its other half."""
    found = []
    if bool(EMAIL_HOST) != bool(MAIL_FROM):
        found.append("EMAIL_HOST, MAIL_FROM: set both, or none of them: then no mail is sent.")
    if bool(EMAIL_HOST_USER) != bool(EMAIL_HOST_PASSWORD) or (EMAIL_HOST_USER and not EMAIL_HOST):
        found.append("EMAIL_HOST_USER, EMAIL_HOST_PASSWORD: set both, and EMAIL_HOST, or none of them.")
    return found


def _check_environment() -> None:
    problems = [*(_refusals() if DEBUG is False else []), *_half_set()]
    try:
        env.seal()
    except EnvValidationError as error:
        problems = [f"{name}: {' '.join(texts)}" for name, texts in error.error_messages.items()] + problems
    if problems:
        hint = "" if DEBUG else "\nTo work on your own machine, set DEBUG=true (`make run` does)."
        raise ImproperlyConfigured("The environment is not fit to start with.\n" + "\n".join(problems) + hint)


_check_environment()

HTTPS = SITE_URL.startswith("https://")

# The folder of the default database and of the collected static files; git ignores it.
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

ROOT_URLCONF = "aslms_site.urls"
WSGI_APPLICATION = "aslms_site.wsgi.application"
ASGI_APPLICATION = "aslms_site.asgi.application"
STAFF_PATH = "/admin/"

INSTALLED_APPS = [
    "aslms_site.apps.SiteAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "aslms_site.accounts",
    "simple_history",
    "import_export",
    "django_filters",
    "django_countries",
    "csp",
    "django_prose_editor",
    "championship",
    "news",
]

MIDDLEWARE = [
    "aslms_site.middleware.resource_policy",
    "django.middleware.security.SecurityMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "aslms_site.middleware.cache_policy",
    "aslms_site.middleware.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "aslms_site.middleware.StaffSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "aslms_site.middleware.StaffCsrfMiddleware",
    "aslms_site.middleware.StaffAuthenticationMiddleware",
    "aslms_site.middleware.StaffMessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "aslms_site.accounts.middleware.StaffGate",
    "simple_history.middleware.HistoryRequestMiddleware",
    "aslms_site.busy.BusyDatabase",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Where pages of the sport show something of the newsroom, which championship/ does not know.
            "libraries": {"joins": "aslms_site.joins"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "championship.context.site",
            ],
        },
    },
]

# Language, time, places
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# Files
# No address leads into this folder: pictures are served by a view, one by one (championship/views/pictures.py).
MEDIA_ROOT = MEDIA_DIR
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# No other site embeds our files (see aslms_site.middleware.resource_policy), so none needs to be invited.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Accounts
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
PASSWORD_RESET_TIMEOUT = 3_600
# Seconds; aslms_site.accounts.sessions ends a session by the first two, and step_up asks again after the third.
SESSION_COOKIE_AGE = SESSION_LONGEST = 43_200
SESSION_IDLE = 3_600
STEP_UP_AGE = 900
STEP_UP = "aslms_site.accounts.step_up.confirm"
ACCOUNT_ADAPTER = "aslms_site.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "aslms_site.accounts.forms.PasswordLoginForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
# Ours are counted in the database (aslms_site.accounts.throttles), which all workers share.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ADAPTER = "aslms_site.accounts.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "aslms_site.accounts.forms.CodeForm",
    "activate_totp": "aslms_site.accounts.forms.AppForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Browsers make passkeys on https and on this machine only; the library would insist on https there as well.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []

# Mail: to the console while somebody works on the site; a host without EMAIL_HOST sends none, and says so.
CAN_MAIL = bool(EMAIL_HOST) or DEBUG
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console' if DEBUG else 'dummy'}.EmailBackend"
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM or "noreply@localhost"

# Headers
# The check looks for Django's own class by name; StaffCsrfMiddleware is that class.
SILENCED_SYSTEM_CHECKS = ["security.W003"]
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
# Trusted only when the host's own proxy sets it: anybody could send the header to a site without one.
SECURE_PROXY_SSL_HEADER = (f"HTTP_{PROXY_SSL_HEADER.upper().replace('-', '_')}", "https") if PROXY_SSL_HEADER else None
SECURE_SSL_REDIRECT = HTTPS and SECURE_PROXY_SSL_HEADER is not None

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
# Pages of the import and history libraries carry style attributes; scripts stay as strict as on public pages.
STAFF_CONTENT_SECURITY_POLICY = CONTENT_SECURITY_POLICY["DIRECTIVES"] | {"style-src-attr": [UNSAFE_INLINE]}

# Everything off that browsers know by name; an unknown name would be an error in their console.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
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
        "sync-xhr",
        "usb",
        "window-management",
        "xr-spatial-tracking",
    )
}

# Forms and libraries
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FORMS_URLFIELD_ASSUME_HTTPS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Django's default writes nothing to the console with DEBUG off: a host would keep no record of an error.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
