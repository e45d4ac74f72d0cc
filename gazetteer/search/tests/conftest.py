import pytest

from gazetteer.search import facets, index, kinds, places, tally
from gazetteer.search.tests import world


@pytest.fixture
def little_world(monkeypatch, tmp_path):
    """Only what stands in `world` can be found, by its own kinds and filters; nothing of the other folders."""
    monkeypatch.setattr(kinds, "kinds", {kind.name: kind for kind in world.KINDS})
    monkeypatch.setattr("gazetteer.search.lines.kinds", kinds.kinds)
    monkeypatch.setattr("gazetteer.search.views.kinds", kinds.kinds)
    monkeypatch.setattr(facets, "facets", {facet.name: facet for facet in world.FACETS})
    monkeypatch.setattr(facets, "suppliers", [])
    monkeypatch.setattr(places, "locators", [world.locate])
    engine = world.engine(tmp_path)
    monkeypatch.setattr(index, "engine", lambda: engine)
    return engine


@pytest.fixture
def counted(monkeypatch):
    """A tally of the test's own."""
    own = tally.Tally()
    monkeypatch.setattr("gazetteer.search.tally.SECONDS", 0)
    monkeypatch.setattr(tally, "tally", own)
    monkeypatch.setattr("gazetteer.search.views.tally", own)
    return own
