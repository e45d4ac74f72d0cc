import pytest
from django.test import Client

from gazetteer.directory.desk.tests.world import Town, sign_in


@pytest.fixture
def town(db: None) -> Town:
    return Town()


@pytest.fixture
def desk(town: Town, client: Client) -> Client:
    """Signed in as Ed, who may do everything."""
    sign_in(client)
    return client
