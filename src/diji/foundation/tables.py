"""What every table has in common, and the statements that are bound to one tenant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, ClassVar, cast

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CursorResult,
    Dialect,
    Executable,
    MetaData,
    Select,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.sql.dml import Delete, Insert, Update
from sqlalchemy.types import JSON, TypeDecorator

from .errors import NotFound


class Instant(TypeDecorator[datetime]):
    """An aware UTC time; as whole microseconds since 1970, so that every database sorts it alike."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        del dialect
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else datetime.fromtimestamp(value / 1_000_000, UTC)


def microseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1_000_000)


class Base(DeclarativeBase):
    """All tables of all rooms."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant(),
        dict[str, Any]: JSON().with_variant(postgresql.JSONB(), "postgresql"),
        list[Any]: JSON().with_variant(postgresql.JSONB(), "postgresql"),
    }


class Owned(Base):
    """A row of one tenant; every key begins with `tenant_id`."""

    __abstract__ = True

    tenant_id: Mapped[str] = mapped_column(String(32), primary_key=True, sort_order=-2)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something. `shops` None means every shop of the tenant."""

    kind: str
    id: str
    role: str = ""
    shops: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """What a session is bound to."""

    tenant_id: str
    actor: Actor


def binding(session: Session) -> Binding:
    return cast("Binding", session.info["binding"])


def _tables(entities: Iterable[Any]) -> list[Table]:
    seen: dict[str, Table] = {}
    for entity in entities:
        table = getattr(entity, "__table__", None)
        found = [table] if table is not None else _tables_in(entity)
        seen.update({t.name: t for t in found if isinstance(t, Table)})
    return list(seen.values())


def _tables_in(expression: Any) -> list[Any]:
    return list(getattr(expression, "_from_objects", []))


def _mine(session: Session, table: Table) -> list[ColumnElement[bool]]:
    bound = binding(session)
    conditions: list[ColumnElement[bool]] = [table.c.tenant_id == bound.tenant_id]
    shops = bound.actor.shops
    if shops is not None and "shop_id" in table.c:
        conditions.append(table.c.shop_id.in_(sorted(shops)))
    return conditions


def own(session: Session, *entities: Any) -> Select[Any]:
    """A SELECT that sees only the session's tenant, and only the shops that its actor may see."""
    tables = _tables(entities)
    if not tables:
        msg = "own() needs a table or a column to bind to the tenant"
        raise TypeError(msg)
    conditions = [c for table in tables for c in _mine(session, table)]
    return select(*entities).where(*conditions)


def own_update(session: Session, entity: type[Owned]) -> Update:
    return update(entity).where(*_mine(session, cast("Table", entity.__table__)))


def own_delete(session: Session, entity: type[Owned]) -> Delete:
    return delete(entity).where(*_mine(session, cast("Table", entity.__table__)))


def own_insert(session: Session, entity: type[Owned], **values: Any) -> Insert:
    may_put(session, values)
    return insert(entity).values(tenant_id=binding(session).tenant_id, **values)


def may_put(session: Session, values: dict[str, Any]) -> None:
    """A member bound to shops puts nothing into another."""
    shops, shop_id = binding(session).actor.shops, values.get("shop_id")
    if shops is not None and shop_id is not None and shop_id not in shops:
        raise NotFound("没有这家店铺", "There is no such shop", shop=shop_id)


def add_new(session: Session, entity: type[Owned], **values: Any) -> bool:
    """Insert the row unless its key is taken; says whether it was new."""
    may_put(session, values)
    statement = _insert_if_free(session.get_bind().dialect.name, entity)
    row = {**values, "tenant_id": binding(session).tenant_id}
    result = session.connection().execute(
        statement, row, execution_options={"preserve_rowcount": True}
    )
    return result.rowcount == 1


@lru_cache(maxsize=256)
def _insert_if_free(dialect: str, entity: type[Owned]) -> Executable:
    kind = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return kind(cast("Table", entity.__table__)).on_conflict_do_nothing()


def add_many(session: Session, entity: type[Owned], rows: list[dict[str, Any]]) -> int:
    """Insert the rows whose keys are free; says how many were new."""
    if not rows:
        return 0
    for row in rows:
        may_put(session, row)
    kind = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    tenant_id = binding(session).tenant_id
    added = 0
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        piece = [{**row, "tenant_id": tenant_id} for row in rows[start : start + _ROWS_AT_ONCE]]
        added += run(session, kind(entity).values(piece).on_conflict_do_nothing()).rowcount
    return added


_ROWS_AT_ONCE = 200  # keeps one statement under every database's limit of parameters


def run(session: Session, statement: Executable) -> CursorResult[*tuple[Any, ...]]:
    """Execute a statement that changes rows; the result tells how many."""
    # psycopg forgets the count of an INSERT unless asked to keep it.
    result = session.execute(statement, execution_options={"preserve_rowcount": True})
    return cast("CursorResult[*tuple[Any, ...]]", result)
