"""HTTP and sockets over all rooms, and the worker in the same process unless told otherwise."""

from .build import House, build_app
from .feed import Feed
from .screen import SCREEN

__all__ = ["SCREEN", "Feed", "House", "build_app"]
