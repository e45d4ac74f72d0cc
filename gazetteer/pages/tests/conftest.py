import pytest

from gazetteer.pages.tests.world import Site


@pytest.fixture
def world(db):
    return Site()


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    """Files of one test are not there for the next."""
    settings.MEDIA_ROOT = tmp_path / "media"
