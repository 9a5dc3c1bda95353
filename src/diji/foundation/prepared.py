"""Statements that are built once and run often. Building one takes longer than SQLite takes to run it.

They are bound to the session's tenant like all others; the actor's shops are not looked at, so a hot verb
names rows by keys that its caller was allowed to see.
"""

from typing import Any

from sqlalchemy import CursorResult, Executable, Select, Table, bindparam, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import Update

from .tables import Owned, binding, may_put


def own_once(table: Any, *columns: str) -> Select[Any]:
    """A SELECT of one room's table, every column unless some are named, to be kept in a module and run by `do`."""
    found: Table = table.__table__
    return select(*(found.c[name] for name in columns or found.c.keys())).where(
        found.c.tenant_id == bindparam("own_tenant")
    )


def update_once(table: Any) -> Update:
    found: Table = table.__table__
    return update(found).where(found.c.tenant_id == bindparam("own_tenant"))


def do(session: Session, statement: Executable, **values: Any) -> CursorResult[*tuple[Any, ...]]:
    """Run a kept statement with its values."""
    return session.connection().execute(
        statement, {"own_tenant": binding(session).tenant_id, **values}
    )


def put_row(session: Session, entity: type[Owned], **values: Any) -> None:
    """Insert one row; raises `IntegrityError` when its key is taken."""
    may_put(session, values)
    values["tenant_id"] = binding(session).tenant_id
    session.connection().execute(insert(entity.__table__), values)  # type: ignore[arg-type]
