"""`diji serve`: your own shop."""

from diji.foundation import get_settings

from .running import TENANT, keep_serving, run_server


def serve() -> None:
    """Open your own Diji. On the first visit the page asks for company, shop and an administrator.

    It serves until Ctrl+C or SIGTERM, then finishes what runs and closes the database.
    """
    settings = get_settings()
    address = f"http://{settings.host}:{settings.port}"

    def ready() -> None:
        print(f"Diji 地基: {address}", flush=True)

    keep_serving(settings, TENANT, lambda house: run_server(house, ready=ready))
