"""The command line: starts everything, and speaks to the process that runs."""

from .main import main

__all__ = ["main"]
