"""A machine where script/server runs the portal: loopback only, addresses and secrets from .state/local.env."""

from shuanjian import env

env.load_local()

from .base import *  # noqa: E402, F403

ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None  # nothing is collected here
WHITENOISE_AUTOREFRESH = False
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SMS_ADAPTER = "foundation.notifications.adapters.KeptTexts"
