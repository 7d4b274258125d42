"""The Celery application: worker and beat start with ``-A shuanjian.celery``."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuanjian.settings.production")
app = Celery("shuanjian")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
