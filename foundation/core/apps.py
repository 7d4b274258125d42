from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "foundation.core"
    label = "core"
    verbose_name = "基础"

    def ready(self) -> None:
        """Collect handlers of the outbox and periodic jobs (tasks), panels of lower pages, reminders of all apps."""
        import_module("foundation.core.lookups")
        autodiscover_modules("tasks", "panels", "reminders")
