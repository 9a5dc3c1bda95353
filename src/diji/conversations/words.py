"""What may be stored as somebody's words."""

import unicodedata

from diji.foundation import Invalid

from .rules import LONGEST_MESSAGE, MOST_ATTACHMENTS


def clean_text(text: str, *, attachments: int = 0) -> str:
    """Words as they may be stored: no control characters, not empty, not a book."""
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    kept = kept.strip()
    if not attachments and not any(_is_seen(c) for c in kept):
        raise Invalid("消息是空的", "The message is empty")
    if len(kept) > LONGEST_MESSAGE:
        raise Invalid(
            f"消息太长，最多 {LONGEST_MESSAGE} 字",
            f"At most {LONGEST_MESSAGE} characters",
            length=len(kept),
        )
    if attachments > MOST_ATTACHMENTS:
        raise Invalid(f"最多 {MOST_ATTACHMENTS} 个附件", f"At most {MOST_ATTACHMENTS} attachments")
    return kept


def _is_seen(character: str) -> bool:
    """Joiners and zero-width spaces hold emoji together; alone they show nothing."""
    return unicodedata.category(character) not in {"Cf", "Cc", "Zs", "Zl", "Zp"}


def preview(text: str, attachments: int) -> str:
    shown = " ".join(text.split())[:120]
    return shown or ("[图片]" if attachments else "")
