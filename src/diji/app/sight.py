"""Who may see which event. The one filter of the live feed; a test walks every event and every role."""

from diji.events import Event, MemberSignedIn
from diji.team import LEADS, Principal

_FOR_LEADS = (MemberSignedIn,)


def may_see(event: Event, principal: Principal) -> bool:
    """Events of a shop are for those who may see the shop; who came and went is for leads."""
    if isinstance(event, _FOR_LEADS) and principal.role not in LEADS:
        return False
    return principal.shops is None or event.shop_id is None or event.shop_id in principal.shops
