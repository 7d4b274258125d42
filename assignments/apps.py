from django.apps import AppConfig


class AssignmentsConfig(AppConfig):
    name = "assignments"
    label = "assignments"
    verbose_name = "交办"
