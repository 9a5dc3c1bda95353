"""What can be asked about deliveries."""

from sqlalchemy import bindparam
from sqlalchemy.orm import Session

from diji.foundation import do, own_once

from .models import OutboxRow

_ON_THEIR_WAY = own_once(OutboxRow, "message_id", "state").where(
    OutboxRow.__table__.c.conversation_id == bindparam("conversation")
)


def deliveries_of(session: Session, conversation_id: str) -> dict[str, str]:
    """The state of each reply of a conversation that goes through the outbox."""
    rows = do(session, _ON_THEIR_WAY, conversation=conversation_id)
    return {row[0]: row[1] for row in rows}
