"""What can happen in the team."""

from .base import Event


class MemberSignedIn(Event):
    """A member came in."""

    member_id: str


class MemberChanged(Event):
    """A member was added, changed, or left."""

    member_id: str


class CompanyChanged(Event):
    """The company has another name."""


class ShopChanged(Event):
    """A shop was added or its settings changed."""

    shop_id: str
