from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_delete


def delete_sizes(instance: Any, **_signal: Any) -> None:
    from gazetteer.web import pictures

    pk, keys = instance.pk, pictures.keys_of(instance)  # the object forgets its number before the commit
    transaction.on_commit(lambda: pictures.remove(pk, *keys))


class WebConfig(AppConfig):
    name = "gazetteer.web"
    verbose_name = "Look and library"

    def ready(self) -> None:
        from gazetteer.web.models import Picture

        post_delete.connect(delete_sizes, sender=Picture, dispatch_uid="gazetteer-sizes-of-pictures")
