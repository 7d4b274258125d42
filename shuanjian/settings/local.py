"""A machine where script/server runs the portal: loopback only, addresses and secrets from .state/local.env."""

from pathlib import Path

from shuanjian import env

env.load_file(Path(__file__).resolve().parent.parent.parent / ".state" / "local.env")

from .base import *  # noqa: E402, F403

ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SMS_ADAPTER = "foundation.notifications.adapters.KeptTexts"
