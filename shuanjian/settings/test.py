"""The suite: script/test gives the addresses of its throwaway servers, whatever runs beside it."""

from .base import *  # noqa: F403

DEMO_MODE = False

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None  # nothing is collected here
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SMS_ADAPTER = ""
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""  # noqa: F405
PUBLIC_MEMORY = False  # each test sees what it just wrote; tests of the memory switch it on
