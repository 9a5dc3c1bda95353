"""What can be asked about deliveries."""

from sqlalchemy.orm import Session

from diji.foundation import own

from .models import OutboxRow


def deliveries_of(session: Session, conversation_id: str) -> dict[str, str]:
    """The state of each reply of a conversation that goes through the outbox."""
    rows = own(session, OutboxRow.message_id, OutboxRow.state)
    return {
        row[0]: row[1]
        for row in session.execute(rows.where(OutboxRow.conversation_id == conversation_id))
    }
