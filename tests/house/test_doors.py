"""Rooms are entered by their front doors, and the doors say what the room is for."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.make import HOUSE, Source, rooms, sources

# `app`, `worker` and `migrate` load each room's `api`, `reactions` and `models` by name, not by import.
OUTSIDE_QUERIES = {"select", "update", "delete", "insert"}


def deep_imports(source: Source) -> Iterator[str]:
    """Modules inside another room that a file imports."""
    for node in ast.walk(source.tree):
        names = []
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "diji" and len(parts) > 2 and parts[1] != source.room:
                yield name


def test_no_room_reaches_past_another_rooms_front_door() -> None:
    wrong = [f"{s.name}: {name}" for s in sources() for name in deep_imports(s)]
    assert wrong == []


def imported_from_rooms(source: Source) -> Iterator[tuple[str, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            parts = node.module.split(".")
            if parts[0] == "diji" and len(parts) == 2 and parts[1] != source.room:
                yield from ((parts[1], alias.name) for alias in node.names)


def test_what_is_asked_for_at_a_front_door_is_offered_there() -> None:
    offered = {room: set(front_door(room)[1]) for room in rooms()}
    wrong = [
        f"{s.name}: diji.{room}.{name}"
        for s in sources()
        for room, name in imported_from_rooms(s)
        if name not in offered[room]
    ]
    assert wrong == []


def front_door(room: str) -> tuple[str, list[str]]:
    tree = ast.parse((HOUSE / room / "__init__.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return ast.get_docstring(tree) or "", list(ast.literal_eval(node.value))
    return ast.get_docstring(tree) or "", []


# Entered by its command line alone, or loaded by name.
NO_CALLERS = {"workbench"}


@pytest.mark.parametrize("room", rooms())
def test_a_front_door_says_what_the_room_is_for_and_what_it_offers(room: str) -> None:
    says, offers = front_door(room)
    assert len(says) > 20
    assert offers or room in NO_CALLERS
    assert len(offers) == len(set(offers))


def bare_queries(source: Source) -> Iterator[str]:
    """Calls of SQLAlchemy's own select, insert, update and delete: they are bound to no tenant."""
    borrowed = {
        alias.asname or alias.name
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for alias in node.names
        if alias.name in OUTSIDE_QUERIES
    }
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id in borrowed:
            yield f"{source.name}:{node.lineno} {called.id}"
        owner = getattr(called, "value", None)
        names = {"sqlalchemy", "sa", "sql", "sqlite", "postgresql"}
        if isinstance(called, ast.Attribute) and called.attr in OUTSIDE_QUERIES:
            if isinstance(owner, ast.Name) and owner.id in names:
                yield f"{source.name}:{node.lineno} {owner.id}.{called.attr}"
            if isinstance(owner, ast.Attribute) and owner.attr == "__table__":
                yield f"{source.name}:{node.lineno} __table__.{called.attr}"


def test_every_statement_outside_foundation_is_bound_to_a_tenant() -> None:
    wrong = [q for s in sources() if s.room != "foundation" for q in bare_queries(s)]
    assert wrong == [], "use own, own_update, own_delete, own_insert, add_new or add_many"


def raw_sql(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy":
            yield from (f"{source.name}: text" for alias in node.names if alias.name == "text")
        if isinstance(node, ast.Attribute) and node.attr == "exec_driver_sql":
            yield f"{source.name}:{node.lineno} exec_driver_sql"


def test_no_room_but_foundation_speaks_raw_sql() -> None:
    assert [r for s in sources() if s.room != "foundation" for r in raw_sql(s)] == []


_CLOCKS = {"datetime.now", "datetime.utcnow", "date.today", "time.time", "time.monotonic"}


def test_rules_know_no_clock_no_chance_and_no_file() -> None:
    """Time, chance and models come in as arguments, so that a test is one call."""
    wrong = []
    for source in sources():
        if source.path.name != "rules.py":
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in _CLOCKS:
                wrong.append(f"{source.name}:{node.lineno} {ast.unparse(node.func)}")
            if isinstance(node, ast.Import) and {a.name for a in node.names} & {"random", "os"}:
                wrong.append(f"{source.name}:{node.lineno}")
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "open":
                wrong.append(f"{source.name}:{node.lineno} open")
    assert wrong == []


def test_queries_and_actions_cannot_wait() -> None:
    """They run inside a transaction, which nobody may hold open while the outside thinks."""
    wrong = [
        f"{s.name}: {node.name}"
        for s in sources()
        if s.path.name in {"queries.py", "actions.py"}
        for node in ast.walk(s.tree)
        if isinstance(node, ast.AsyncFunctionDef)
    ]
    assert wrong == []
