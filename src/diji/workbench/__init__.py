"""Learning: what the shop teaches the machine, and the recipes that fit its models."""

from . import training

__all__ = ["training"]
