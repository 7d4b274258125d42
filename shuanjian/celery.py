"""The Celery application: worker and beat start with ``-A shuanjian.celery``, and not at all if that is unsafe."""

import os

from celery import Celery
from celery.signals import beat_init, worker_init
from django.db import connections

from shuanjian.checks import refuse_to_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuanjian.settings.production")
app = Celery("shuanjian")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def refuse_if_unsafe(**kwargs: object) -> None:
    """Before the worker forks; a connection that it opened must not be shared by the children."""
    refuse_to_start()
    connections.close_all()
