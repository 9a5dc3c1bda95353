"""The inbox: every conversation with a consumer and all that was said in it."""

from .actions import (
    ConversationEnded,
    PenTaken,
    close,
    hand_over,
    read_up_to,
    release,
    reply,
    take,
    write_note,
)
from .hearing import hear
from .history import PastConversation, PastMessage, keep_history
from .pictures import AttachmentOut, store_picture
from .queries import (
    ConversationView,
    MessageView,
    conversations,
    find_open,
    get_conversation,
    get_message,
    messages_in,
    place_in_queue,
)
from .readings import keep_reading, newest_words
from .rules import BEYOND, Author, Heard, Posted, Reception
from .shapes import ConversationOut, MessageOut, show_conversation, show_message
from .widget_api import SaidOut, Sitting, ThreadOut, find_sitting, said_out, thread_of

__all__ = [
    "BEYOND",
    "AttachmentOut",
    "Author",
    "ConversationEnded",
    "ConversationOut",
    "ConversationView",
    "Heard",
    "MessageOut",
    "MessageView",
    "PastConversation",
    "PastMessage",
    "PenTaken",
    "Posted",
    "Reception",
    "SaidOut",
    "Sitting",
    "ThreadOut",
    "close",
    "conversations",
    "find_open",
    "find_sitting",
    "get_conversation",
    "get_message",
    "hand_over",
    "hear",
    "keep_history",
    "keep_reading",
    "messages_in",
    "newest_words",
    "place_in_queue",
    "read_up_to",
    "release",
    "reply",
    "said_out",
    "show_conversation",
    "show_message",
    "store_picture",
    "take",
    "thread_of",
    "write_note",
]
