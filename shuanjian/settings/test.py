"""The suite: script/test gives the addresses of its throwaway servers."""

from shuanjian import env

env.load_local()

from .base import *  # noqa: E402, F403

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None  # nothing is collected here
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SMS_ADAPTER = ""
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""  # noqa: F405
