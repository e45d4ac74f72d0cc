import pytest

from gazetteer.ops.demo.forms import Story
from gazetteer.ops.demo.stories import all_stories
from gazetteer.ops.demo.world import World, read_rows


@pytest.fixture(scope="session")
def world() -> World:
    return World(read_rows())


@pytest.fixture(scope="session")
def stories(world: World) -> list[Story]:
    return all_stories(world)
