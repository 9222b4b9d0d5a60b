"""Django's settings, all from the environment. docs/guides/production.md explains each variable."""

import os
from pathlib import Path

from django.utils.csp import CSP

from escale.site import environment

PACKAGE = Path(__file__).resolve().parent.parent
environment.load_demo_file(Path.cwd())

ESCALE_DEMO = environment.flag("ESCALE_DEMO")
ESCALE_SITE_NAME = os.environ.get("ESCALE_SITE_NAME", "Escale · Région Normandie")
# The Region whose places the directory holds (INSEE code) and, for a map with a background, its tiles.
ESCALE_REGION = os.environ.get("ESCALE_REGION", "28")
ESCALE_TILES_URL = os.environ.get("ESCALE_TILES_URL", "")
ESCALE_TILES_CREDIT = os.environ.get("ESCALE_TILES_CREDIT", "")
# Who publishes the site: shown in the legal notice and on the contact page.
ESCALE_PUBLISHER = {
    "name": os.environ.get("ESCALE_PUBLISHER_NAME", "Région Normandie (démonstration)"),
    "address": os.environ.get("ESCALE_PUBLISHER_ADDRESS", "place Reine-Mathilde, 14000 Caen"),
    "town": os.environ.get("ESCALE_PUBLISHER_TOWN", "Caen"),
    # Before whom its decisions are contested: letters say so.
    "court": os.environ.get(
        "ESCALE_PUBLISHER_COURT", "tribunal administratif de Caen (3 rue Arthur-Le-Duc, 14000 Caen)"
    ),
    "director": os.environ.get("ESCALE_PUBLISHER_DIRECTOR", "présidence de la Région"),
    "host": os.environ.get("ESCALE_PUBLISHER_HOST", "hébergement sur les machines de la Région"),
    "email": os.environ.get("ESCALE_PUBLISHER_EMAIL", "contact@escale.invalid"),
    "phone": os.environ.get("ESCALE_PUBLISHER_PHONE", "02 00 00 00 00"),
}
ESCALE_BASE_URL = os.environ.get("ESCALE_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ESCALE_FILES_URL = os.environ.get("ESCALE_FILES_URL", f"file://{Path.cwd()}/var/files")
ESCALE_UPLOAD_MAX_BYTES = int(os.environ.get("ESCALE_UPLOAD_MAX_BYTES", 20 * 1024 * 1024))
# A financing plan of five hundred lines is one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
ESCALE_AFTER = "escale.site.wiring.AFTER"
ESCALE_COMMITTEE_PANELS = "escale.site.wiring.COMMITTEE_PANELS"
ESCALE_FACTS = "escale.site.wiring.FACTS"
ESCALE_PLACE_PANELS = "escale.site.wiring.PLACE_PANELS"
ESCALE_DOSSIER_PANELS = "escale.site.wiring.DOSSIER_PANELS"
ESCALE_DOSSIER_ASIDES = "escale.site.wiring.DOSSIER_ASIDES"
ESCALE_WHY = "escale.site.wiring.WHY"
ESCALE_PACK = "escale.site.wiring.PACK"
ESCALE_CARRIED = "escale.site.wiring.CARRIED"
ESCALE_DOORS = "escale.site.wiring.DOORS"
ESCALE_TAKEOUT = "escale.site.wiring.TAKEOUT"
ESCALE_CLOSING = "escale.site.wiring.CLOSING"
ESCALE_PURGE = "escale.site.wiring.PURGE"
# Days for which personal data are kept once they have served; 0: for ever. docs/guides/personal-data.md.
ESCALE_RETENTION = {
    name: int(os.environ.get(f"ESCALE_KEEP_{name.upper()}_DAYS", days))
    for name, days in {
        "accounts": 1095,
        "mails": 1825,
        "invitations": 365,
        "removed_documents": 365,
        "expired_drafts": 365,
        "received": 730,
    }.items()
}
# The private key that signs the labels' badges (a PEM file, Ed25519 or P-256; none: derived from the secret key), and
# the public keys that signed before.
ESCALE_BADGE_KEY = os.environ.get("ESCALE_BADGE_KEY", "")
ESCALE_BADGE_RETIRED = environment.words("ESCALE_BADGE_RETIRED", "")
ESCALE_WRITE_MAIL = "escale.foundation.post.actions.write"
ESCALE_CLAMD = os.environ.get("ESCALE_CLAMD", "")
ESCALE_PROXIES = int(os.environ.get("ESCALE_PROXIES", "0"))

_written_key = os.environ.get("ESCALE_SECRET_KEY", "")
# Without a key the site still answers `escale scheme check`; `escale doctor` and `serve` refuse to go on.
SECRET_KEY = _written_key or "unsafe-development-key-of-a-machine-that-serves-nobody"
ESCALE_SECRET_IS_SET = bool(_written_key)
ALLOWED_HOSTS = environment.words("ESCALE_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
DEBUG = False
USE_TZ = True
TIME_ZONE = "Europe/Paris"
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "site" / "locale"]

FOUNDATION = [
    "clock",
    "territory",
    "people",
    "journal",
    "organisations",
    "post",
    "documents",
    "questionnaires",
    "editions",
    "places",
]
#: capability → its Django apps, in the order of its rooms.
CAPABILITIES: dict[str, list[str]] = {
    "calls": ["calls.schemes", "calls.dossiers", "calls.instruction", "calls.committee"],
    "directory": ["directory"],
    "planner": ["planner"],
    "label": ["label"],
}
ESCALE_CAPABILITIES = environment.words("ESCALE_CAPABILITIES", ",".join(CAPABILITIES))

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks_db",
    "escale.ui",
    *[f"escale.foundation.{noun}" for noun in FOUNDATION],
    *[f"escale.capabilities.{room}" for name in ESCALE_CAPABILITIES for room in CAPABILITIES.get(name, [name])],
    "escale.demo",
    "escale.site",
]

MIDDLEWARE = [
    "escale.site.middleware.ReceivedAt",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "escale.site.middleware.Speaking",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "escale.foundation.people.sessions.Seen",
    "escale.foundation.documents.limits.UploadLimit",
    "escale.site.middleware.Gate",
    "escale.site.middleware.Answers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "escale.site.urls"
WSGI_APPLICATION = "escale.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "escale.site.context.everywhere",
            ],
        },
    }
]

DATABASES = {
    "default": environment.database(os.environ.get("ESCALE_DATABASE_URL") or f"sqlite:///{Path.cwd()}/var/escale.db")
}
# How many requests one process works on at once; the others wait, their instant noted. More of them would only wait
# for each other: for SQLite's one writer, or for the interpreter each time PostgreSQL has answered.
ESCALE_CONCURRENCY = int(os.environ.get("ESCALE_CONCURRENCY", "2"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["escale.foundation.people.sessions.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
SESSION_ENGINE = "escale.foundation.people.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
_https = ESCALE_BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
CSRF_TRUSTED_ORIGINS = [ESCALE_BASE_URL] if _https else []
CSRF_FAILURE_VIEW = "escale.site.answers.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", *environment.origin(ESCALE_TILES_URL)],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("ESCALE_STATIC_ROOT", Path.cwd() / "var" / "static"))
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "escale.ui.sheets.SheetFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

MAILERS = {"default": environment.email(os.environ.get("ESCALE_EMAIL_URL") or f"file://{Path.cwd()}/var/mail")}
DEFAULT_FROM_EMAIL = os.environ.get("ESCALE_EMAIL_FROM", "Escale <ne-pas-repondre@escale.invalid>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {"django.tasks": {"level": "WARNING"}, "django_tasks_db": {"level": "WARNING"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("ESCALE_LOG_LEVEL", "WARNING")},
}
