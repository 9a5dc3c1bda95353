"""A person gives the pen back to the machine."""

import pytest

from diji import conversations
from tests.make import Shop, now


async def test_who_waited_is_answered_when_the_machine_gets_the_pen_back(shop: Shop) -> None:
    await shop.knows("发票", asks=["能开发票吗"], reply="可以开电子发票。", intents=["invoice"])
    await shop.consumer_says("转人工")
    await shop.consumer_says("能开发票吗")
    waiting = await shop.conversation()
    store = shop.as_member("xiaoli")
    await store.write(conversations.take, waiting.id, "xiaoli", now=now())
    await store.write(
        conversations.reply,
        waiting.id,
        "您好",
        author=conversations.Author.AGENT,
        author_id="xiaoli",
        now=now(),
    )
    await shop.consumer_says("能开发票吗")
    await store.write(conversations.release, waiting.id, "ai", now=now())
    await shop.settles()
    assert (await shop.thread())[-1].text == "可以开电子发票。"


async def test_an_agent_cannot_lay_down_a_colleagues_pen(shop: Shop) -> None:
    conversation_id = await shop.consumer_says("转人工")
    await shop.store.write(conversations.take, conversation_id, "xiaoli", now=now())
    others = shop.as_member("somebody")
    with pytest.raises(conversations.PenTaken):
        await others.write(conversations.close, conversation_id, now=now())
    with pytest.raises(conversations.PenTaken):
        await others.write(conversations.release, conversation_id, "ai", now=now())
    lead = await shop.signed_in("lao_zhang")
    assert (await lead.post(f"/api/conversations/{conversation_id}/close")).status_code == 204
