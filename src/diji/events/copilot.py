"""What the machine did: what it read, what it offered, and what people made of it."""

from .base import Event


class MessageUnderstood(Event):
    """A message was read; the figures are the machine's guess."""

    shop_id: str
    conversation_id: str
    message_id: str
    intent: str
    emotion: str
    intensity: float
    flags: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    needs_human: float
    confident: bool
    decision: str


class SuggestionsOffered(Event):
    """Replies lie ready for the agent."""

    shop_id: str
    conversation_id: str
    message_id: str
    suggestion_ids: tuple[str, ...]
    caused_by: str


class SuggestionUsed(Event):
    """An agent sent a suggestion, as it was or changed."""

    shop_id: str
    conversation_id: str
    suggestion_id: str
    changed: bool


class StrategyChanged(Event):
    """A lead changed what the machine may do in a shop (`shop_id` None: in every shop)."""

    version: int


class ReadingCorrected(Event):
    """A person said what a message really means; `fields` names what was corrected."""

    shop_id: str
    conversation_id: str
    message_id: str
    fields: tuple[str, ...]
