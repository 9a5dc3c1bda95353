"""Where in the purchase a message stands, and what keeps somebody from buying."""

from __future__ import annotations

from . import names, tables

_BY_INTENT = {
    "product_info": "browsing", "price": "browsing", "promotion": "browsing", "stock": "browsing",
    "recommendation": "choosing", "size_advice": "choosing", "product_compare": "choosing",
    "suitability": "choosing", "customization": "choosing", "authenticity": "choosing",
    "shipping_options": "choosing", "how_to_buy": "choosing", "review_reward": "received",
    "hesitate": "hesitating", "bargain": "hesitating",
    "order_placed": "ordered", "urge_shipment": "ordered", "change_address": "ordered",
    "change_order": "ordered", "cancel_order": "ordered",
    "track_parcel": "shipped", "delivery_delay": "shipped", "delivery_problem": "shipped",
    "delivery_schedule": "shipped", "extend_receipt": "shipped",
    "installation": "received", "usage_help": "received", "praise": "received",
    "repair_warranty": "aftersale", "quality_issue": "aftersale", "wrong_or_missing": "aftersale",
    "return_refund": "aftersale", "refund_only": "aftersale", "exchange": "aftersale",
    "return_in_transit": "aftersale", "refund_status": "aftersale", "reship": "aftersale",
    "cancel_aftersale": "aftersale", "price_protection": "aftersale", "compensation": "aftersale",
}  # fmt: skip
_MAY_OBJECT = frozenset(
    {"hesitate", "bargain", "price", "authenticity", "shipping_time", "price_protection"}
)


def stage_of(plain: str, intent: str, objection: str | None) -> str | None:
    """Who objects hesitates; else the stage that the intent tells, or the words; None where none does."""
    if objection is not None:
        return "hesitating"
    told = _BY_INTENT.get(intent)
    if told is not None:
        return told
    for cue in tables.cues("stages", "stages"):
        if cue.find(plain):
            return cue.of
    return None


def objection_in(plain: str, intent: str) -> str | None:
    """What keeps the consumer from buying; only before the sale does anybody object."""
    if intent not in _MAY_OBJECT and names.family(intent) not in ("presale", "talk"):
        return None
    for cue in tables.cues("stages", "objections"):
        if cue.find(plain):
            return cue.of
    return None
