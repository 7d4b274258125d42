"""The portal as ``script/bench list`` serves it: production's middleware and memory, over plain HTTP on loopback."""

from shuanjian.settings.base import *  # noqa: F403

ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
