"""Everything that can happen: frozen facts of ids, enums, numbers and times, never what a person wrote."""

from .base import Event, new_id, wire_name
from .catalogue import ALL, event_class
from .commerce import OrderChanged, ParcelMoved
from .conversations import (
    ConsumerSpoke,
    ConversationAssigned,
    ConversationClosed,
    ConversationHandedOver,
    ConversationOpened,
    ConversationReleased,
    MessageRead,
    NoteWritten,
    ReplyPosted,
)
from .copilot import (
    MessageUnderstood,
    ReadingCorrected,
    StrategyChanged,
    SuggestionsOffered,
    SuggestionUsed,
)
from .delivery import DeliveryChanged
from .house import DataRestored
from .knowledge import ArticleChanged
from .reviews import ReviewHandled, ReviewImportAdvanced, ReviewsImported, ReviewsWithdrawn
from .team import CompanyChanged, MemberChanged, MemberSignedIn, ShopChanged

__all__ = [
    "ALL",
    "ArticleChanged",
    "CompanyChanged",
    "ConsumerSpoke",
    "ConversationAssigned",
    "ConversationClosed",
    "ConversationHandedOver",
    "ConversationOpened",
    "ConversationReleased",
    "DataRestored",
    "DeliveryChanged",
    "Event",
    "MemberChanged",
    "MemberSignedIn",
    "MessageRead",
    "MessageUnderstood",
    "NoteWritten",
    "OrderChanged",
    "ParcelMoved",
    "ReadingCorrected",
    "ReplyPosted",
    "ReviewHandled",
    "ReviewImportAdvanced",
    "ReviewsImported",
    "ReviewsWithdrawn",
    "ShopChanged",
    "StrategyChanged",
    "SuggestionUsed",
    "SuggestionsOffered",
    "event_class",
    "new_id",
    "wire_name",
]
