import pytest

from gazetteer.news.tests.world import World


@pytest.fixture
def newsroom(db: None) -> World:
    return World()
