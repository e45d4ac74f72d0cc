import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """Reports and pictures of a test go to its own folder."""
    monkeypatch.setattr(settings, "HOME", tmp_path / "home")
    monkeypatch.setattr(settings, "MEDIA_ROOT", str(tmp_path / "home" / "media"))
