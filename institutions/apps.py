from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    name = "institutions"
    label = "institutions"
    verbose_name = "机构名录"
