"""Settings: one file, every value from the environment, each with a default that runs.

What an operator may set is described in docs/operations.md. A file `.env` beside manage.py is
read when it is there; the environment itself wins over it.
"""

import sys
import zoneinfo
from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")


def text(name: str, default: str = "") -> str:
    """A value; an empty one counts as not set."""
    value: str = env.str(name, default="")
    return value or default


def flag(name: str, *, default: bool) -> bool:
    """On or off; an empty one counts as not set."""
    value: bool = env.bool(name) if text(name) else default
    return value


def key(name: str) -> str:
    """A secret: required unless DEBUG is on.

    Exit status 3 is the one at which gunicorn stops instead of starting the worker again.
    """
    value = text(name, "insecure-key-for-development" if DEBUG else "")
    if not value:
        sys.stderr.write(f"{name} is not set: see .env.example, or run `make demo` once.\n")
        raise SystemExit(3)
    return value


def keys(name: str) -> list[str]:
    """Secrets separated by commas: the first makes, all of them open."""
    return [part.strip() for part in key(name).split(",") if part.strip()]


# --- Where and how it runs -----------------------------------------------------------------

DEBUG = flag("DEBUG", default=False)
SECRET_KEY = key("SECRET_KEY")
LINK_KEYS = keys("LINK_KEYS")
FIELD_ENCRYPTION_KEYS = keys("FIELD_ENCRYPTION_KEYS")

# Letters, feeds and QR codes take their address from here, never from a request's host.
BASE_URL = text("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = BASE_URL.startswith("https://")
# The machine itself is always let in: that is where health is asked from.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=[]), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
RATE_LIMITS = flag("RATE_LIMITS", default=True)
# Whose X-Forwarded-For is believed: the same proxies that gunicorn trusts.
TRUSTED_PROXIES = [name.strip() for name in text("FORWARDED_ALLOW_IPS", "127.0.0.1,::1").split(",")]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

INSTALLED_APPS = [
    "cms",
    "events",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.staff.apps.StaffConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    # Wagtail says with it how long ago something was.
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.middleware.choose_language",
    "cms.middleware.set_security_headers",
    "django.middleware.security.SecurityMiddleware",
    "cms.middleware.refuse_broken_addresses",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.second_factor.middleware.ask_for_second_factor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # As with APP_DIRS, but for a few words of packages' templates.
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "cms.corrections.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Data ----------------------------------------------------------------------------------

DATABASES = {"default": env.db_url_config(text("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'koepru.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(exist_ok=True)
    # Django's default, DEFERRED, answers "database is locked" at once where two writers meet.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # Opening the file anew for each request costs more than all that most requests ask of it.
    DATABASES["default"]["CONN_MAX_AGE"] = 60
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)

# Empty: this process works off its own jobs (cms/embedded.py).
REDIS_URL = text("REDIS_URL")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "cms.cache.ForgivingRedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "koepru",
            "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
        }
    }
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    SESSION_ENGINE = "django.contrib.sessions.backends.db"

MEDIA_ROOT = text("MEDIA_ROOT", str(VAR_DIR / "media"))
MEDIA_URL = "/media/"
# What people upload about themselves: no address leads there.
PRIVATE_ROOT = text("PRIVATE_ROOT", str(VAR_DIR / "private"))
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# Who was erased, as keyed hashes; kept outside the database so that a restored backup can be cleaned again.
ERASURE_LEDGER = text("ERASURE_LEDGER", str(VAR_DIR / "erasures.ledger"))

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": PRIVATE_ROOT,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
# Browsers ask for these at the root, whatever a page says.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"

# --- Letters -------------------------------------------------------------------------------

vars().update(env.email_url_config(text("EMAIL_URL") or f"filemail:///{VAR_DIR / 'mail'}"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = text("MAIL_FROM", "Köprü <noreply@localhost>")
# Who is told of a job that failed for good.
STAFF_MAIL = env.list("STAFF_MAIL", default=[])

# Whose webhook tells what came back, and the "user:password" that it has to know; both or neither.
MAIL_PROVIDER = text("MAIL_PROVIDER").lower()
MAIL_WEBHOOK_SECRET = text("MAIL_WEBHOOK_SECRET")
_PROVIDERS = ("brevo", "mailgun", "mailjet", "postmark", "sendgrid", "sparkpost")
if MAIL_PROVIDER:
    if MAIL_PROVIDER not in _PROVIDERS:
        sys.stderr.write(f"MAIL_PROVIDER is none of {', '.join(_PROVIDERS)}: see docs/operations.md.\n")
        raise SystemExit(3)
    if ":" not in MAIL_WEBHOOK_SECRET:
        sys.stderr.write("MAIL_WEBHOOK_SECRET has to be set, as user:password: see docs/operations.md.\n")
        raise SystemExit(3)
    if MAIL_PROVIDER == "mailgun" and not text("MAILGUN_SIGNING_KEY"):
        sys.stderr.write("MAILGUN_SIGNING_KEY is not set: see docs/operations.md.\n")
        raise SystemExit(3)
ANYMAIL = {
    "WEBHOOK_SECRET": MAIL_WEBHOOK_SECRET,
    "MAILGUN_WEBHOOK_SIGNING_KEY": text("MAILGUN_SIGNING_KEY"),
}

# --- Languages and time --------------------------------------------------------------------

LANGUAGE_CODE = "tr"
LANGUAGES = [("tr", _("Turkish")), ("en", _("English"))]
# What we say, then what installed packages say and their own Turkish lacks: the first that has a text wins.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "packages"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = text("TIME_ZONE", "Europe/Istanbul")
# Some machines list their own clock and a placeholder as zones; browsers know neither.
WAGTAIL_USER_TIME_ZONES = sorted(zoneinfo.available_timezones() - {"localtime", "Factory"})

# --- Security ------------------------------------------------------------------------------

SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
# After logging in to read a private page; the admin has a way of its own.
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "cms.views.csrf_failure"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # the operator's other subdomains are not ours to decide
    "security.W008",  # the proxy that ends TLS redirects
    "security.W021",  # nor is the browsers' preload list
]
AUTHENTICATION_BACKENDS = ["cms.second_factor.backend.Backend"]
# Off: nobody must have a second factor (who has one is asked all the same). For a trial; `make demo` is one.
SECOND_FACTOR = flag("SECOND_FACTOR", default=True)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- Wagtail -------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Köprü"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_I18N_ENABLED = True
# Letters outside a–z become %C5%9F wherever an address is copied.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# By default the untranslated Turkish page would be public under /en/ at once.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# The button that lets a machine translate is there only where somebody gave a key.
if text("DEEPL_KEY"):
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "cms.translating.machine.DeepL",
        "OPTIONS": {"AUTH_KEY": text("DEEPL_KEY"), "TIMEOUT": 30},
    }
elif text("LIBRETRANSLATE_URL"):
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "cms.translating.machine.LibreTranslate",
        "OPTIONS": {
            "LIBRETRANSLATE_URL": text("LIBRETRANSLATE_URL").rstrip("/"),
            "API_KEY": text("LIBRETRANSLATE_KEY"),
            "TIMEOUT": 30,
        },
    }
# Both would make the officer's browser call a third party.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
# What a mail still carries; the proxy in front has to let it through.
WAGTAILDOCS_MAX_UPLOAD_SIZE = WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]


# --- Logging: standard error, nothing personal in it ----------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"masking": {"()": "cms.logs.MaskingFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "masking"}},
    "root": {"handlers": ["stderr"], "level": text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True, "level": "INFO"},
        "django.server": {"handlers": [], "propagate": True, "level": "INFO"},
        # Every letter of a font, a line each.
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
