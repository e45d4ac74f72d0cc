"""Who may import, and what is written down about it."""

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import ModelLogEntry

from gazetteer.accounts.models import User
from gazetteer.directory.imports.tests.world import BAKERY, bring
from gazetteer.directory.models import ImportRun, Listing

pytestmark = pytest.mark.django_db


def test_somebody_without_the_right_changes_nothing(tmp_path):
    with pytest.raises(PermissionDenied):
        bring(tmp_path, BAKERY, by=User.objects.create_user("mallory"))
    assert not Listing.objects.exists()


def test_who_imported_is_written_down(tmp_path):
    alice = User.objects.create_superuser("alice")
    bring(tmp_path, BAKERY, by=alice)
    assert ImportRun.objects.get().started_by == alice
    assert ModelLogEntry.objects.filter(user=alice, label__startswith="firms.jsonl").count() == 1
