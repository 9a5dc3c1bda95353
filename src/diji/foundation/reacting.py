"""How a room says that it reacts: to an event, to a piece of work that is due, or to the clock."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from diji.events import Event

from .store import Store

E = TypeVar("E", bound=Event)
Reaction = Callable[[Store, Any], Awaitable[None]]
Errand = Callable[..., Awaitable[None]]
Round = Callable[[Store], Awaitable[None]]


@dataclass(slots=True)
class Reactions:
    """All that the rooms do by themselves."""

    to_events: dict[str, dict[type[Event], list[Reaction]]] = field(default_factory=dict)
    to_work: dict[str, Errand] = field(default_factory=dict)
    to_clock: dict[str, tuple[float, Round]] = field(default_factory=dict)


REACTIONS = Reactions()


def room_of(function: Callable[..., Any]) -> str:
    """`diji.copilot.reactions` belongs to the room `copilot`."""
    return function.__module__.split(".")[1]


def reacts_to(
    *kinds: type[E],
) -> Callable[[Callable[[Store, E], Awaitable[None]]], Callable[[Store, E], Awaitable[None]]]:
    """Run the function after each such event is committed: at least once, in order within a conversation."""

    def register(
        function: Callable[[Store, E], Awaitable[None]],
    ) -> Callable[[Store, E], Awaitable[None]]:
        in_room = REACTIONS.to_events.setdefault(room_of(function), {})
        for kind in kinds:
            in_room.setdefault(kind, []).append(function)
        return function

    return register


def does(kind: str) -> Callable[[Errand], Errand]:
    """The function does the durable work rows of this kind; see `jobs.put_off`."""

    def register(function: Errand) -> Errand:
        REACTIONS.to_work[kind] = function
        return function

    return register


def every(*, seconds: float) -> Callable[[Round], Round]:
    """Run the function for each tenant, in one process of the whole installation."""

    def register(function: Round) -> Round:
        REACTIONS.to_clock[f"{room_of(function)}.{function.__name__}"] = (seconds, function)
        return function

    return register
