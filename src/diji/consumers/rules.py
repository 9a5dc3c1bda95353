"""Who a visitor is: a signature by the shop's own site proves it, nothing that the visitor says."""

import hashlib
import hmac


def signature_of(widget_key: str, shop_id: str, user_id: str) -> str:
    """What the shop's site computes with its widget key: HMAC-SHA256 of `shop:user`, hexadecimal."""
    return hmac.new(
        widget_key.encode(), f"{shop_id}:{user_id}".encode(), hashlib.sha256
    ).hexdigest()


def is_signed(widget_key: str, shop_id: str, user_id: str, signature: str) -> bool:
    expected = signature_of(widget_key, shop_id, user_id)
    return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace"))


def visitor_name(consumer_id: str) -> str:
    """What a visitor is called who has not said a name."""
    return f"访客 {consumer_id[-4:].upper()}"
