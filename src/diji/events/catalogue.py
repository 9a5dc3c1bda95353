"""Every event by its name on the wire."""

from . import commerce, conversations, copilot, delivery, house, knowledge, reviews, team
from .base import Event, wire_name

ALL: dict[str, type[Event]] = {
    wire_name(kind): kind
    for module in (commerce, conversations, copilot, delivery, house, knowledge, reviews, team)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
}


def event_class(name: str) -> type[Event]:
    """The class behind a name on the wire; KeyError when no such event exists."""
    return ALL[name]
