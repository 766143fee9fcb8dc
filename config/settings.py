"""Django settings. Values come from `config.environment`; what each means stands in `.env.example`."""

from __future__ import annotations

from config import environment

BASE_DIR = environment.PROJECT
DATA_DIRECTORY = environment.data_directory()

SECRET_KEY = environment.secret_key(DATA_DIRECTORY)
DEBUG = environment.flag("DEBUG", default=False)
ALLOWED_HOSTS = environment.names("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.names("CSRF_TRUSTED_ORIGINS", "")
BEHIND_HTTPS = environment.flag("BEHIND_HTTPS", default=False)
PUBLIC_ADDRESS = environment.text("PUBLIC_ADDRESS", f"http://{environment.text('BIND', '127.0.0.1:8000')}").rstrip("/")
DEMO = environment.flag("DEMO", default=True)

INSTALLED_APPS = [
    "config.apps.CompositionConfig",
    "cms.apps.CmsConfig",
    "publication.apps.PublicationConfig",
    "service_catalog.apps.ServiceCatalogConfig",
    "life_events.apps.LifeEventsConfig",
    "handbooks.apps.HandbooksConfig",
    "governance.apps.GovernanceConfig",
    "search.apps.SearchConfig",
    "exporters.apps.ExportersConfig",
    "importers.apps.ImportersConfig",
    "public_site.apps.PublicSiteConfig",
    "wagtail.sites",
    "governance.apps.AccountsConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "public_site.middleware.UnreadableAddresses",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "exporters.http_answers.MachineAnswers",
    "public_site.middleware.PublicHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "governance.login.sessions.IdleSessions",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "governance.login.second_factor.RequiredSecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.walls.PageWalls",
    "cms.middleware.WholeWrites",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "public_site.templating.environment", "trim_blocks": True, "lstrip_blocks": True},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

DATABASES = {"default": environment.database(DATA_DIRECTORY)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", "polski")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Warsaw"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIRECTORY / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIRECTORY / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/admin/login/"
ACCOUNT_ADAPTER = "governance.login.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "governance.login.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Okienko: "
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
# An office of two hundred people may come from one address, so the limit that counts is the one per account.
ACCOUNT_RATE_LIMITS = {"login": "100/m/ip", "login_failed": "60/m/ip,5/300s/key", "reset_password": "20/m/ip,3/m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_HTTPS else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from administrators
MFA_FORMS = {"add_webauthn": "governance.login.forms.KeyForm"}
MFA_TOTP_ISSUER = "Okienko"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_HTTPS
MFA_ROLES = environment.names("MFA_ROLES", "")
SOCIALACCOUNT_ADAPTER = "governance.login.adapters.ExternalAccountAdapter"
SOCIALACCOUNT_PROVIDERS = environment.identity_provider()
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
# Attempts to log in are counted by all web processes together.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": DATA_DIRECTORY / "cache"}
}
SESSION_COOKIE_AGE = 15 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
SECURE_SSL_REDIRECT = BEHIND_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

globals().update(environment.mail(DATA_DIRECTORY))
DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM", "okienko@urzad.example")

WAGTAIL_SITE_NAME = "Okienko"
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.editorial.finishing.publish_approved"
WAGTAILADMIN_BASE_URL = PUBLIC_ADDRESS
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # one choice, so the account page offers none
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database.fallback"}}
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "rtf", "txt", "xlsx", "zip"]

CARD_STRUCTURED_DATA = "exporters.schema_org.embedding.structured_data"
"""Describes a card to machines inside its public page; the page and the format do not know each other."""

SYNONYMS_FOR_EXPORT = "config.synonym_register.rows"
SYNONYMS_FROM_IMPORT = "config.synonym_register.replace"
"""Where a knowledge package takes synonyms from and puts them: it does not know the search."""

LINK_CHECKS = environment.flag("LINK_CHECKS", default=not DEMO)

SEARCH_DIRECTORY = DATA_DIRECTORY / environment.text("SEARCH_DIRECTORY", "search")
SEARCH_URL = environment.search_url()
HOTLINE_PHONE = environment.text("HOTLINE_PHONE", "22 000 00 00" if DEMO else "")
SEARCH_LOG_DAYS = environment.number("SEARCH_LOG_DAYS", default=365)
SEARCH_LOG_ROWS = environment.number("SEARCH_LOG_ROWS", default=200_000)
WEBHOOK_PRIVATE_ADDRESSES = environment.flag("WEBHOOK_PRIVATE_ADDRESSES", default=False)
API_REQUESTS_PER_MINUTE = environment.number("API_REQUESTS_PER_MINUTE", default=600)

REMARK_WORKING_DAYS = environment.number("REMARK_WORKING_DAYS", default=5)
"""Within how many working days the owner of a model card answers a remark."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "WARNING")},
}
