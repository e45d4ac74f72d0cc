from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "gazetteer.accounts"
    verbose_name = "People"
