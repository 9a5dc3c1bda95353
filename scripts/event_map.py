"""Draws which room records which event and which rooms react to it, into docs/architecture.md.

`python scripts/event_map.py` writes the block between the `<!-- events -->` marks; `tests/house` compares.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from diji.events import ALL
from diji.foundation import REACTIONS
from diji.worker.work import load_all_reactions

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ROOT / "src" / "diji"
PAGE = ROOT / "docs" / "architecture.md"
BLOCK = ROOT / "docs" / "events-map.md"  # stands in until the page has the marks
BEGIN, END = "<!-- events -->", "<!-- /events -->"


def recorded() -> dict[str, set[str]]:
    """Name of an event's class -> rooms that make one. Making one has no other use than recording it."""
    kinds = {kind.__name__ for kind in ALL.values()}
    rooms: dict[str, set[str]] = defaultdict(set)
    for path in sorted(ROOMS.rglob("*.py")):
        room = path.relative_to(ROOMS).parts[0]
        if room == "events":
            continue
        for name in _called(ast.parse(path.read_text(encoding="utf-8"))):
            if name in kinds:
                rooms[name].add(room)
    return rooms


def _called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
                yield node.func.value.id  # `DeliveryChanged.model_validate(...)`


def heard() -> dict[str, list[str]]:
    """Name of an event's class -> `room.reaction` of all that react to it."""
    load_all_reactions()
    listeners: dict[str, list[str]] = defaultdict(list)
    for room, kinds in REACTIONS.to_events.items():
        for kind, reactions in kinds.items():
            listeners[kind.__name__] += [f"{room}.{r.__name__}" for r in reactions]
    return listeners


def event_map() -> str:
    """The block as Markdown."""
    by, to = recorded(), heard()
    lines = ["| event | recorded by | heard by, besides the live feed |", "|---|---|---|"]
    for name, kind in sorted(ALL.items()):
        rooms = ", ".join(sorted(by.get(kind.__name__, ()))) or "nobody yet"
        listeners = ", ".join(f"`{one}`" for one in sorted(to.get(kind.__name__, ())))
        lines.append(f"| `{name}` | {rooms} | {listeners} |")
    return "\n".join(lines)


def page() -> Path:
    return PAGE if PAGE.exists() and BEGIN in PAGE.read_text(encoding="utf-8") else BLOCK


def written() -> str:
    """The block as it stands in the documents."""
    text = page().read_text(encoding="utf-8")
    return text.split(BEGIN)[1].split(END)[0].strip()


def main() -> None:
    place = page()
    text = place.read_text(encoding="utf-8") if place.exists() else f"{BEGIN}\n{END}\n"
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    place.write_text(f"{before}{BEGIN}\n{event_map()}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
