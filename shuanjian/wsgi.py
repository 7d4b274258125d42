"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from shuanjian.checks import refuse_to_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuanjian.settings.production")
application = get_wsgi_application()
refuse_to_start()
