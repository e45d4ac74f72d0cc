from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class AccountsConfig(AppConfig):
    name = "gazetteer.accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from gazetteer.accounts import roles

        pre_migrate.connect(roles.before_migrate, dispatch_uid="gazetteer-roles-before")
        post_migrate.connect(roles.after_migrate, dispatch_uid="gazetteer-roles-after")
