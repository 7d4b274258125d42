from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "funds"
    label = "funds"
    verbose_name = "预收费监管"
