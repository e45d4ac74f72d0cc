"""Every setting, from the environment; works with nothing set. The table of them is in `environment.py`."""

from pathlib import Path
from typing import Any

import django_stubs_ext
from django.utils.translation import gettext_lazy as _

from gazetteer import environment

django_stubs_ext.monkeypatch()  # lets Django's generic classes be written with their types

HERE = Path(__file__).resolve().parent
values: dict[str, Any] = environment.read_settings()

HOME = Path(values["GAZETTEER_HOME"]).resolve()
DEBUG = values["DEBUG"]
SECRET_KEY = environment.secret_key(values["SECRET_KEY"], HOME)
ALLOWED_HOSTS = values["ALLOWED_HOSTS"]
TERRITORIES = values["TERRITORIES"]
SITE_URL = values["SITE_URL"].rstrip("/")
BACKUP_DIR = Path(values["BACKUP_DIR"]) if values["BACKUP_DIR"] else HOME / "backups"
WIRE_FOLDER = Path(values["WIRE_FOLDER"]) if values["WIRE_FOLDER"] else HOME / "wire"
WIRE_ALLOW = frozenset(host.lower() for host in values["WIRE_ALLOW"])

EDGE = values["GAZETTEER_EDGE"]
SAVED_PAGES_MB = values["SAVED_PAGES_MB"]
SAVED_PAGES_TAGS = values["SAVED_PAGES_TAGS"]
CDN_SECONDS = values["CDN_SECONDS"]

INSTALLED_APPS = [
    "gazetteer.ops",
    "gazetteer.pages",
    "gazetteer.news",
    "gazetteer.directory",
    "gazetteer.search",
    "gazetteer.edge",
    "gazetteer.web",
    "gazetteer.accounts",
    "gazetteer.changes",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gazetteer.pages.middleware.SiteMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "gazetteer.urls"
WSGI_APPLICATION = "gazetteer.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORMS_URLFIELD_ASSUME_HTTPS = True

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "wagtail.contrib.settings.context_processors.settings",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,  # each app's jinja2/ folder: the public site
        "OPTIONS": {
            "environment": "gazetteer.web.jinja.environment",
            "extensions": ["jinja2.ext.i18n", "jinja2.ext.do"],
            "context_processors": ["gazetteer.pages.context.site"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,  # each app's templates/ folder: the desk and mails
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]

SEARCH_ENGINE = values["SEARCH_ENGINE"]
SEARCH_FOLDER = HOME / "search"

DATABASES = {"default": environment.database(values["DATABASE_URL"], HOME)}

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Wagtail would keep rows of picture sizes in each process, which then links files that another has deleted.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/admin/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_FORMS = {"login": "gazetteer.accounts.forms.SignInForm"}
ACCOUNT_ADAPTER = "gazetteer.accounts.adapter.AccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # people are made at the desk, and a second factor must not wait for mail to work
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

LANGUAGE_CODE = values["LANGUAGE"].lower()
TIME_ZONE = values["TIME_ZONE"]
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [HERE / "locale"]
LANGUAGES = [
    ("en-gb", _("English")),
    ("ar", _("Arabic")),
    ("de", _("German")),
    ("es", _("Spanish")),
    ("fr", _("French")),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = False

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "gazetteer.web.storage.StaticStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = values["DATA_UPLOAD_MAX_MB"] * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # one long story with many text blocks has thousands

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # done by `gazetteer work`, see ops/worker.py

WAGTAIL_SITE_NAME = "Gazetteer"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False  # it would tell another host that we are here
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # it would send hashes of mail addresses to another host
WAGTAILIMAGES_IMAGE_MODEL = "web.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "web.SiteDocument"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = values["DATA_UPLOAD_MAX_MB"] * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_DATETIME_FORMAT = "%Y-%m-%d %H:%M:%S"  # what was set to the second must not lose it in the next form
WAGTAIL_AUTOSAVE_INTERVAL = 2_000  # milliseconds after the last key: one save takes a small machine a good part of one
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_RESET_ENABLED = False  # allauth does it
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False},
}
WAGTAIL_USAGE_COUNT_ENABLED = False
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False

vars().update(environment.email(values["EMAIL_URL"]))
DEFAULT_FROM_EMAIL = values["EMAIL_FROM"] or "Gazetteer <noreply@localhost>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

if values["BEHIND_PROXY"]:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # attempts to sign in are counted by the visitor's address, not the proxy's
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
BY_TLS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = BY_TLS
CSRF_COOKIE_SECURE = BY_TLS
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_HSTS_SECONDS = values["SECURE_HSTS_SECONDS"]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the desk shows previews of our own pages in a frame
SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # TLS is enforced by the proxy in front; `gazetteer check --live` looks at it
]
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],  # Wagtail's own pages need inline scripts (wagtail#1288)
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "style-src": ["'self'", "'unsafe-inline'"],  # the look's colours stand in one inline rule
        "script-src": ["'self'"],
        "frame-src": ["'self'", "https:"],  # an embed is framed only after the visitor's click
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": values["LOG_LEVEL"].upper()},
    "loggers": {"django_tasks": {"level": "WARNING"}},  # it tells of every task, twice
}
