from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import autodiscover_modules


class ChangesConfig(AppConfig):
    name = "gazetteer.changes"
    verbose_name = "Changes"

    def ready(self) -> None:
        from gazetteer.changes import triggers, watching  # noqa: F401 (declares the triggers of watched tables)

        autodiscover_modules("keys")  # each subject's, and each plug-in's, says what of its tables visitors see

        pre_migrate.connect(triggers.before_migrate, dispatch_uid="gazetteer-drop-triggers")
        post_migrate.connect(triggers.after_migrate, dispatch_uid="gazetteer-make-triggers")
        post_migrate.connect(triggers.after_all_migrations, sender=self, dispatch_uid="gazetteer-begin-epoch")
