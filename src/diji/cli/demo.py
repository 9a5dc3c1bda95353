"""`diji demo`: a working shop in a minute."""


def demo() -> None:
    """Open the demo shop."""
