"""Shops into which reviews can be imported."""

import pytest

from diji.foundation import Store
from tests.reviews.make import open_shops


@pytest.fixture
async def shops(store: Store) -> Store:
    return await open_shops(store)
