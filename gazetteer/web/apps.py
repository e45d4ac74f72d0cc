from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "gazetteer.web"
    verbose_name = "Look and library"
