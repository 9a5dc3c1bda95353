"""The demo shop: its own rows, simulated buyers, and sign-in with one click."""

from .api import router
from .buyers import Pace
from .cast import TENANT
from .home import DemoHome, open_home, remove
from .stage import Stage, check_host, folder_in
from .world import articles

__all__ = [
    "TENANT",
    "DemoHome",
    "Pace",
    "Stage",
    "articles",
    "check_host",
    "folder_in",
    "open_home",
    "remove",
    "router",
]
