from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def make_whole_branch(sender: AppConfig, using: str, **kwargs: Any) -> None:
    from gazetteer.directory.models import Branch

    Branch.objects.using(using).get_or_create(kind="all")


def compose_approval(**_signal: Any) -> None:
    from gazetteer.directory import approval

    approval.compose_approval()


class DirectoryConfig(AppConfig):
    name = "gazetteer.directory"
    verbose_name = "Directory"

    def ready(self) -> None:
        from gazetteer.accounts.policy import describe
        from gazetteer.accounts.roles import roles_filled
        from gazetteer.directory import moments, parts, sitemaps  # noqa: F401  (they register what they do)
        from gazetteer.directory.branches import sql  # noqa: F401  (declares its triggers)
        from gazetteer.directory.models import Category, Listing

        describe(Category, parts=parts.parts_of_category, within=parts.categories_within)
        describe(Listing, parts=parts.parts_of_listing, within=parts.listings_within)
        roles_filled.connect(compose_approval, dispatch_uid="gazetteer-approval-of-listings")
        post_migrate.connect(make_whole_branch, sender=self, dispatch_uid="gazetteer-whole-branch")
