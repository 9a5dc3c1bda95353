"""Every row belongs to a company, and every key says so first."""

import pytest
from sqlalchemy import Table, UniqueConstraint

from diji.foundation import Base
from diji.foundation.migrate import load_all_models

load_all_models()
TABLES = Base.metadata.sorted_tables


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_key_of_a_table_begins_with_its_company(table: Table) -> None:
    assert next(iter(table.primary_key.columns)).name == "tenant_id"
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            assert next(iter(constraint.columns)).name == "tenant_id", constraint.name
    for index in table.indexes:
        assert next(iter(index.columns)).name == "tenant_id", index.name


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_no_key_leads_from_one_table_into_another(table: Table) -> None:
    """Foreign keys would tie companies together, and rooms to each other's tables."""
    assert not table.foreign_keys


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_no_table_counts_its_rows_by_itself(table: Table) -> None:
    """Ids are made by us: a counter would tell one company how many rows another has."""
    assert table.autoincrement_column is None
