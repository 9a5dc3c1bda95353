"""Letters are heard in their order, whoever said them, alone or among many."""

import numpy as np
import pytest

from diji import understanding
from diji.understanding import Message, Turn, heads, letters, net, plain_of

ORDERED = "还没有收到货"
TURNED = "货到收有没还"


def told(*messages: Message) -> np.ndarray:
    return net.load().logits(messages, [plain_of(one.text) for one in messages])


def test_the_same_letters_in_another_order_are_another_message() -> None:
    one, other = told(Message(ORDERED), Message(TURNED))
    assert np.abs(one - other).max() > 1


@pytest.mark.parametrize("text", ["", "?", "好", "😀", "货" * 5000])
def test_a_text_of_any_length_is_heard(text: str) -> None:
    assert np.isfinite(told(Message(text))).all()


def test_a_message_among_longer_ones_is_heard_as_if_alone() -> None:
    short = Message("催一下", (Turn("agent", "请稍等"), Turn("consumer", "快递三天没动了")))
    among = told(Message("请问这款加湿器放在二十平的卧室里一晚上要加几次水呢"), short, Message(""))
    assert np.allclose(among[1], told(short)[0], atol=1e-3)


def test_what_was_said_before_is_heard_with_the_message() -> None:
    alone, after = told(
        Message("催一下"), Message("催一下", (Turn("consumer", "我的退款还没到账"),))
    )
    assert np.abs(alone - after).max() > 0.5


def test_what_we_asked_is_heard_with_the_answer() -> None:
    asked, alone = told(Message("黑色", (Turn("agent", "您要换哪个颜色"),)), Message("黑色"))
    assert np.abs(asked - alone).max() > 0.3


def test_words_behind_a_card_are_heard_as_if_it_were_not_there() -> None:
    card = "咨询订单号:888012345678 订单金额:59.00 下单时间:2026-11-20 10:11:12 "
    beside, alone = told(Message(f"{card}我的快递三天没动了"), Message("我的快递三天没动了"))
    assert np.allclose(beside, alone, atol=1e-3)
    after_card = (Turn("consumer", "我的退款还没到账"), Turn("consumer", card))
    first, second = told(Message("催一下", after_card), Message("催一下", after_card[:1]))
    assert np.allclose(first, second, atol=1e-3)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("少发了一个", "wrong_or_missing"),
        ("帮我取消订单", "cancel_order"),
        ("谢谢 没有了", "thanks_bye"),
    ],
)
def test_the_net_alone_has_learned_what_is_wanted(text: str, intent: str) -> None:
    columns = net.load().columns
    wishes = {
        label: odds
        for (task, label), odds in zip(columns, told(Message(text))[0], strict=True)
        if task == "intents"
    }
    assert max(wishes, key=lambda one: wishes[one]) == intent


def test_a_reading_listens_to_the_net(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = understanding.read("催一下").intents
    monkeypatch.setattr(net, "joined", lambda heads, *_: heads)
    assert understanding.read("催一下").intents != heard


def test_the_net_speaks_of_the_columns_of_the_heads() -> None:
    assert set(net.load().columns) == {one for one in heads.load().columns if one[0] != "praise"}


def test_letters_that_nobody_knows_are_all_the_same_letter() -> None:
    ids, lengths = letters.Alphabet("收货").encode(["收货", "收鑫", "收淼"])
    assert ids[1].tolist() == ids[2].tolist() != ids[0].tolist()
    assert lengths.tolist() == [4, 4, 4]


def test_joining_takes_the_share_of_the_net_that_its_card_says() -> None:
    columns = (("praise", "yes"), ("issues", "a"), ("intents", "b"), ("intents", "c"))
    counted = np.array([[7.0, 2.0, 1.0, 0.0]], dtype=np.float32)
    heard = np.array([[3.0, 0.0, 0.0]], dtype=np.float32)  # c, b, a

    def joined(share: float) -> list[float]:
        rule = {"share": share, "scale": 1.0, "shift": 0.5}
        card = {"joins": {"issues": rule, "intents": rule}}
        hearing = net.Net(letters.Alphabet(""), columns[:0:-1], {}, card)
        both = net.joined(counted, columns, heard, hearing)
        assert both[0, 0] == counted[0, 0]  # what the net does not speak of stays
        return [float(both[0, 1]), float(both[0, 2] - both[0, 3])]

    assert joined(0.0) == pytest.approx([2.5, 1.0])
    assert joined(0.5) == pytest.approx([1.5, -1.0])
    assert joined(1.0) == pytest.approx([0.5, -3.0], abs=1e-5)
