"""`diji serve`: your own shop."""

from diji.foundation import get_settings

from .running import opened, run_server


def serve() -> None:
    """Open your own Diji. On the first visit the page asks for company, shop and an administrator."""
    settings = get_settings()
    with opened(settings) as house:
        address = f"http://{settings.host}:{settings.port}"
        run_server(house, ready=lambda: print(f"Diji 地基: {address}", flush=True))
