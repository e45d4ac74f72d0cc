from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "gazetteer.ops"
    verbose_name = "Operation"
