"""Settings that all environments share. Values that differ between installations come from the environment."""

from pathlib import Path

from django.templatetags.static import static
from django.urls import reverse_lazy

from shuanjian import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent

SECRET_KEY = env.text("SECRET_KEY")
FIELD_KEY = env.text("FIELD_KEY")
DEBUG = False
PRODUCTION = False  # on: web, worker and beat refuse to start while shuanjian/checks.py finds an error
DEMO_MODE = env.boolean("DEMO_MODE", default=False)

INSTALLED_APPS = [
    "foundation.core",
    "unfold.apps.BasicAppConfig",  # its default config would put its own site in the place of ours
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "foundation.core.staff.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "import_export",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "foundation.audit",
    "foundation.regions",
    "foundation.accounts",
    "foundation.deadlines",
    "foundation.notifications",
    "foundation.documents",
    "foundation.imports",
    "foundation.exports",
    "foundation.photos",
    "institutions",
    "assignments",
    "clues",
    "inspections",
    "declarations",
    "materials",
    "outreach",
    "enforcement",
    "cases",
    "supervisors",
    "ledger",
    "contracts",
    "funds",
    "payouts",
    "banking",
    "alerts",
    "oversight",
    "listings",
    "afterschool",
    "matters",
    "reports",
    "phone",
    "publicity",
    "demo",
    "shuanjian",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "foundation.core.headers.SecurityHeaders",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # above WhiteNoise: files carry the headers too
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "foundation.accounts.middleware.SessionLimits",
    "allauth.account.middleware.AccountMiddleware",
    "foundation.accounts.middleware.ActorMiddleware",
    "foundation.accounts.middleware.LoginDuties",
]

ROOT_URLCONF = "shuanjian.urls"
WSGI_APPLICATION = "shuanjian.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shuanjian.site_info.site_info",
            ],
        },
    },
]

# -- database: the site's login for pages and jobs, the owner's for migrate and doctor ------------------------------
DATABASES = {
    "default": {
        **env.database("DATABASE_URL"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # No parallel workers: starting them takes longer than a page's statements, and visitors share the cores.
        # The last line: when one of our processes or its machine dies, its statement ends and its locks go soon.
        "OPTIONS": {
            "options": "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000"
            " -c max_parallel_workers_per_gather=0"
            " -c client_connection_check_interval=5000 -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10"
            " -c tcp_keepalives_count=3"
        },
    },
    "owner": {
        **env.database("DATABASE_OWNER_URL" if env.present("DATABASE_OWNER_URL") else "DATABASE_URL"),
        "OPTIONS": {"options": "-c lock_timeout=5000"},
    },
}
DATABASE_OWNER_GIVEN = env.present("DATABASE_OWNER_URL")
DATABASE_ROUTERS = ["shuanjian.routers.SiteLogin"]

# -- how many database connections the processes hold: granian reads the same two variables --------------------------
WEB_WORKERS = env.integer("GRANIAN_WORKERS", default=2)
WEB_THREADS = env.integer("GRANIAN_BLOCKING_THREADS", default=8)

# -- language, time --------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "shuanjian" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = "Y-m-d H:i"
FORMAT_MODULE_PATH = ["shuanjian.formats"]

# -- static files, uploads -------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(BASE_DIR / "media")))
DOCUMENT_FONTS = env.text("DOCUMENT_FONTS", "")  # a folder with the bureau's own fonts for PDF documents
MEDIA_MIN_FREE_PERCENT = env.integer("MEDIA_MIN_FREE_PERCENT", default=10)  # with less, photos are refused (503)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # a larger file goes to the disk while it arrives
FILE_UPLOAD_PERMISSIONS = 0o640

# -- clues: days after its end that a clue's sealed sender is kept; then the key is destroyed ------------------------
SENDER_KEPT_DAYS = env.integer("SENDER_KEPT_DAYS", default=90)

# -- advertisements: so many confirmed ones of an institution in so many days are 反复; a person decides on the flag ---
ADVERT_REPEATS = env.integer("ADVERT_REPEATS", default=2)
ADVERT_REPEAT_DAYS = env.integer("ADVERT_REPEAT_DAYS", default=365)

# -- sessions, passwords, login --------------------------------------------------------------------------------------
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60  # also the absolute limit, counted from the login by SessionLimits
SESSION_IDLE_SECONDS = 30 * 60
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "foundation.accounts.passwords.MinimumLength", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "foundation.accounts.passwords.CharacterClasses", "OPTIONS": {"at_least": 3}},
]
AUTHENTICATION_BACKENDS = ["foundation.accounts.backends.PeopleBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/enter/"
LOGOUT_REDIRECT_URL = "/"
NUM_PROXIES = env.integer("NUM_PROXIES", default=0)
ALLAUTH_TRUSTED_PROXY_COUNT = NUM_PROXIES
ACCOUNT_ADAPTER = "foundation.accounts.adapters.LoginAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # sign-up is closed; this only keeps the password on the login form
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "5/15m/key,50/15m/ip",
}  # a key is a login name at an address
ACCOUNT_FORMS = {
    "login": "foundation.accounts.login_forms.LoginForm",
    "change_password": "foundation.accounts.login_forms.ChangePasswordForm",
    "reauthenticate": "foundation.accounts.login_forms.ReauthenticateForm",
}
MFA_ADAPTER = "foundation.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "foundation.accounts.login_forms.CodeForm",
    "reauthenticate": "foundation.accounts.login_forms.CodeAgainForm",
    "activate_totp": "foundation.accounts.login_forms.ActivateForm",
}
MFA_TOTP_ISSUER = "双减监管平台"
MFA_TOTP_TOLERANCE = 1
MFA_REQUIRED = False  # production requires it of every post that opens /admin/

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}

# -- jobs: the outbox is the source, Redis only carries Celery's messages --------------------------------------------
CELERY_BROKER_URL = env.text("REDIS_URL")
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
#: A bell counts as heard when it is taken: the outbox rings again for what was not done.
CELERY_TASK_ACKS_LATE = False
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.integer("CELERY_WORKER_CONCURRENCY", default=2)
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "retry_on_timeout": True,
    "health_check_interval": 25,
}
CELERY_BEAT_SCHEDULE = {
    "tick": {"task": "foundation.core.tasks.tick", "schedule": 2.0, "options": {"expires": 10}},
}
OUTBOX_LATE_SECONDS = 300

# -- channels beside the inbox: a dotted path of an SMS adapter (foundation/notifications/channels.py), or none ------
SMS_ADAPTER = env.text("SMS_ADAPTER", "")
SMS_DAILY_CAP = env.integer("SMS_DAILY_CAP", default=5)
EMAIL_TIMEOUT = 10

# -- API: denied unless declared -------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["foundation.core.permissions.DenyUnlessDeclared"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["foundation.core.api_throttle.EachAddress"],
    "EXCEPTION_HANDLER": "foundation.core.api.answer_error",
    "NUM_PROXIES": NUM_PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "双减 校外培训监管公开数据接口",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "ENUM_NAME_OVERRIDES": {
        "ListKind": "listings.enums.ListKind.choices",
        "EditionChangeKind": "listings.enums.Change.choices",
        "Gone": "publicity.changes.GONE",
    },
}

# -- the check of our own public pages -------------------------------------------------------------------------------
PUBLIC_HOSTS = env.words("PUBLIC_HOSTS", "")  # hosts beside our own that public pages may link to
PUBLIC_CANARIES = env.words("PUBLIC_CANARIES", "")  # texts planted into personal columns that no page may show

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS: list[str] = []

UNFOLD = {
    "SITE_TITLE": "双减 校外培训监管",
    "SITE_HEADER": "双减",
    "SITE_SUBHEADER": "校外培训监管平台",
    "SITE_SYMBOL": "school",
    "SITE_URL": "/",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_BACK_BUTTON": False,
    "BORDER_RADIUS": "6px",
    "THEME": "light",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("favicon.svg")}],
    "STYLES": [lambda request: static("tokens.css"), lambda request: static("staff.css")],
    "SCRIPTS": [lambda request: static("staff.js")],
    "ACCOUNT": {
        "navigation": [
            {"title": "我的岗位", "link": reverse_lazy("posts")},
            {"title": "修改密码", "link": reverse_lazy("account_change_password")},
            {"title": "动态验证码", "link": reverse_lazy("mfa_index")},
        ],
    },
    "SIDEBAR": {"show_search": False, "show_all_applications": False, "command_search": False},
    "COLORS": {
        "primary": {
            "50": "#E8F0FE",
            "100": "#D6E4FC",
            "200": "#B3CDF8",
            "300": "#84ACEF",
            "400": "#4F82DC",
            "500": "#2A62C2",
            "600": "#174EA6",
            "700": "#123C80",
            "800": "#0F3269",
            "900": "#0C2853",
            "950": "#081A36",
        },
    },
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.server": {"level": "WARNING"}},
}

# -- public pages are made once a second at most and kept for it in each web process -----------------------------------
PUBLIC_MEMORY = True

# -- the bureau that runs this installation; empty items are simply not shown ----------------------------------------
SITE_INFO = {
    "name": env.text("SITE_NAME", "双减 · 校外培训监管服务平台"),
    "organ": env.text("SITE_ORGAN", ""),
    "undertaker": env.text("SITE_UNDERTAKER", ""),
    "site_code": env.text("SITE_CODE", ""),
    "icp": env.text("SITE_ICP", ""),
    "police_record": env.text("SITE_POLICE_RECORD", ""),
    "phone": env.text("SITE_PHONE", ""),
    "address": env.text("SITE_ADDRESS", "http://127.0.0.1:8000"),
}
#: What every answer of open data says about its use.
SITE_DATA_LICENCE = env.text(
    "SITE_DATA_LICENCE",
    f"可免费使用、转载和加工，请注明来源“{SITE_INFO['name']}”和数据日期，不得改变原意；使用条件见"
    f" {SITE_INFO['address'].rstrip('/')}/open-data/",
)
