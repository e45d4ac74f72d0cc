import pytest

from gazetteer.search import registry
from gazetteer.search.tests.sources import Firms, Stories


@pytest.fixture
def two_sources(monkeypatch):
    """Only these two can be found: 25 firms and 3 stories."""
    monkeypatch.setattr(registry, "sources", {})
    firms, stories = Firms(), Stories()
    registry.sources.update({"listing": firms, "article": stories})
    monkeypatch.setattr("gazetteer.search.views.sources", registry.sources)
    return firms, stories
