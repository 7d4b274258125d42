from importlib import import_module

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    label = "reports"
    verbose_name = "报表"

    def ready(self) -> None:
        import_module("reports.definitions.all")
