"""Who may call what: one line for each route. A route without a line here fails `test_routes.py`.

To add a route, add a line: `"GET /api/things/{thing_id}": of_shop(EVERYONE)`. The words:

- `may(ROLES)`: those roles pass, other members get 403, strangers 401;
- `of_shop(ROLES, **body)`: the same, and what belongs to another shop is 404 for who may not see it;
  `body` is what a well-formed request carries;
- `lists_of_shop(ROLES)`: a list that is empty, rather than 404, for who may not see the shop;
- `PUBLIC`: anyone; `VISITOR`: anyone who shows a visitor token of the widget, others get 401;
- `DEMO`: only `diji demo` has it; who passes is its own tests' business.

Names in braces are filled by `the_shop_to_walk_in` in `test_routes.py`; an unknown one becomes `none`.
"""

from dataclasses import dataclass, field
from typing import Any

from diji.team import ADMINS, EVERYONE, LEADS, NOBODY, TRAINERS, Role


@dataclass(frozen=True)
class Row:
    """What a route promises."""

    roles: frozenset[Role]
    public: bool = False
    visitor: bool = False
    of_shop: bool = False
    empty: bool = False
    demo: bool = False
    body: dict[str, Any] = field(default_factory=dict)


def may(roles: frozenset[Role]) -> Row:
    return Row(roles)


def of_shop(roles: frozenset[Role], **body: Any) -> Row:
    return Row(roles, of_shop=True, body=body)


def lists_of_shop(roles: frozenset[Role]) -> Row:
    return Row(roles, empty=True)


PUBLIC = Row(EVERYONE, public=True)
VISITOR = Row(EVERYONE, public=True, visitor=True)
DEMO = Row(EVERYONE, public=True, demo=True)

CLIENT_ID = "client-id-of-a-walk"

ROUTES: dict[str, Row] = {
    # team
    "GET /api/welcome": PUBLIC,
    "POST /api/set-up": PUBLIC,
    "POST /api/sign-in": PUBLIC,
    "POST /api/sign-out": may(EVERYONE),
    "GET /api/me": may(EVERYONE),
    "PUT /api/me/state": may(EVERYONE),
    "PUT /api/me/password": may(EVERYONE),
    "GET /api/members": may(EVERYONE),
    "GET /api/team": may(LEADS),
    "POST /api/members": may(ADMINS),
    "PATCH /api/members/{member_id}": may(ADMINS),
    "DELETE /api/members/{member_id}": may(ADMINS),
    "PATCH /api/company": may(ADMINS),
    "POST /api/shops": may(ADMINS),
    "PATCH /api/shops/{shop_id}": may(ADMINS),
    "GET /api/shops/{shop_id}/widget-key": may(ADMINS),
    # consumers and their orders
    "GET /api/consumers": may(EVERYONE),
    "GET /api/consumers/{consumer_id}": of_shop(EVERYONE),
    "PATCH /api/consumers/{consumer_id}": of_shop(EVERYONE, remark="老客"),
    "GET /api/consumers/{consumer_id}/orders": lists_of_shop(EVERYONE),
    "GET /api/consumers/{consumer_id}/conversations": lists_of_shop(EVERYONE),
    "GET /api/orders/{order_id}": of_shop(EVERYONE),
    "GET /api/products": may(EVERYONE),
    "GET /api/products/{code}": may(EVERYONE),
    # conversations
    "GET /api/conversations": may(EVERYONE),
    "GET /api/conversations/{conversation_id}": of_shop(EVERYONE),
    "GET /api/conversations/{conversation_id}/messages": of_shop(EVERYONE),
    "GET /api/conversations/{conversation_id}/suggestions": of_shop(EVERYONE),
    "POST /api/conversations/{conversation_id}/notes": of_shop(
        EVERYONE, text="内部备注", clientId=CLIENT_ID
    ),
    "POST /api/conversations/{conversation_id}/replies": of_shop(
        EVERYONE, text="您好", clientId=CLIENT_ID
    ),
    "POST /api/conversations/{conversation_id}/take": of_shop(EVERYONE),
    "POST /api/conversations/{conversation_id}/release": of_shop(EVERYONE, to="waiting"),
    "POST /api/conversations/{conversation_id}/read": of_shop(EVERYONE, seq=1),
    "POST /api/conversations/{conversation_id}/files": may(EVERYONE),
    "POST /api/conversations/{conversation_id}/close": of_shop(EVERYONE),
    "GET /api/files/{attachment_id}": of_shop(EVERYONE),
    # the widget
    "GET /api/widget/{shop_id}/look": PUBLIC,
    "POST /api/widget/{shop_id}/visit": PUBLIC,
    "GET /api/widget/thread": VISITOR,
    "POST /api/widget/messages": VISITOR,
    "GET /api/widget/orders": VISITOR,
    "POST /api/widget/read": VISITOR,
    "POST /api/widget/files": VISITOR,
    "GET /api/widget/files/{attachment_id}": VISITOR,
    # copilot
    "PUT /api/messages/{message_id}/correction": of_shop(EVERYONE, intent="shipping_options"),
    "GET /api/strategy": may(EVERYONE),
    "PUT /api/strategy": may(LEADS),
    "GET /api/taxonomy": may(EVERYONE),
    "POST /api/understand": may(EVERYONE),
    # knowledge
    "GET /api/knowledge/search": may(EVERYONE),
    "GET /api/knowledge/articles": may(EVERYONE),
    "GET /api/knowledge/articles/{article_id}": may(EVERYONE),
    "POST /api/knowledge/articles": may(TRAINERS),
    "PUT /api/knowledge/articles/{article_id}": may(TRAINERS),
    "DELETE /api/knowledge/articles/{article_id}": may(TRAINERS),
    # reviews
    "POST /api/reviews/imports": may(TRAINERS),
    "POST /api/reviews/imports/{import_id}/confirm": may(TRAINERS),
    "GET /api/reviews/imports": may(TRAINERS),
    "GET /api/reviews/imports/{import_id}": may(TRAINERS),
    "GET /api/reviews/imports/{import_id}/bad-rows": may(TRAINERS),
    "POST /api/reviews/imports/{import_id}/undo": may(TRAINERS),
    "GET /api/reviews/totals": may(EVERYONE),
    "GET /api/reviews/trend": may(EVERYONE),
    "GET /api/reviews/platforms": may(EVERYONE),
    "GET /api/reviews/products": may(EVERYONE),
    "GET /api/reviews/aspects": may(EVERYONE),
    "GET /api/reviews/voices": may(EVERYONE),
    "GET /api/reviews/issues": may(EVERYONE),
    "GET /api/reviews": may(EVERYONE),
    "POST /api/reviews/{review_id}/handled": of_shop(EVERYONE, handled=True),
    # sockets: they say who they are in their first words
    "SOCKET /api/feed": PUBLIC,
    "SOCKET /api/widget/socket": PUBLIC,
    # the house
    "POST /api/owner/reopen": may(NOBODY),
    "GET /healthz": PUBLIC,
    "GET /metrics": PUBLIC,
    "GET /widget/frame": PUBLIC,
    "GET /widget/try": PUBLIC,
    "GET /{path:path}": PUBLIC,
    # the demo
    "GET /api/demo/people": DEMO,
    "POST /api/demo/enter": DEMO,
    "GET /api/demo/state": DEMO,
    "GET /api/demo/buyers": DEMO,
}
