"""What the command line of the installation's owner asks of the process that serves."""

from fastapi import APIRouter, Request

from diji.foundation import Conflict
from diji.team import NOBODY, Asker, may

router = APIRouter(prefix="/api/owner", include_in_schema=False)


@router.post("/reopen", status_code=202)
async def reopen(request: Request, asker: Asker = may(NOBODY)) -> None:
    """Stop serving gently, open the folder anew with what `diji restore` has laid ready, and serve again."""
    del asker
    again = getattr(request.app.state, "reopen", None)
    if again is None:
        raise Conflict(
            "这个进程不能重新打开数据，请先停止它",
            "This process cannot open its folder anew: stop it",
        )
    again()
