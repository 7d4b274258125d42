from django.apps import AppConfig


class BankingConfig(AppConfig):
    name = "banking"
    label = "banking"
    verbose_name = "银行对账"
