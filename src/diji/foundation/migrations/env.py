"""Alembic's way in; `diji.foundation.migrate` passes the connection."""

from typing import Any, Literal

from alembic import context

from diji.foundation.tables import Base, Instant


def plain_types(kind: str, thing: Any, autogen: Any) -> str | Literal[False]:
    """A migration names only types of SQLAlchemy, so that it stays true when ours change."""
    del autogen
    if kind == "type" and isinstance(thing, Instant):
        return "sa.BigInteger()"
    if kind == "type" and type(thing).__name__ == "JSON":
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=plain_types,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
