from collections.abc import Iterator
from typing import Any

import pytest

from gazetteer.news.tests.conftest import newsroom  # noqa: F401 (a fixture)
from gazetteer.news.wire.tests.paper import Paper, printing


@pytest.fixture
def paper(settings: Any) -> Iterator[Paper]:
    """Another newspaper on this computer, which the operator has allowed."""
    with printing() as paper:
        settings.WIRE_ALLOW = frozenset({f"127.0.0.1:{paper.port}"})
        yield paper
