from django.apps import AppConfig


class SupervisorsConfig(AppConfig):
    name = "supervisors"
    label = "supervisors"
    verbose_name = "社会监督员"
