"""Letters are heard in their order, whoever said them, alone or among many."""

import numpy as np
import pytest

from diji.understanding import Message, Turn, letters, net, plain_of

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


def test_letters_that_nobody_knows_are_all_the_same_letter() -> None:
    ids, lengths = letters.Alphabet("收货").encode(["收货", "收鑫", "收淼"])
    assert ids[1].tolist() == ids[2].tolist() != ids[0].tolist()
    assert lengths.tolist() == [4, 4, 4]


def test_joining_takes_the_share_of_the_net_that_its_card_says() -> None:
    columns = (("issues", "a"), ("intents", "b"), ("intents", "c"))
    heads = np.array([[2.0, 1.0, 0.0]], dtype=np.float32)
    heard = np.array([[0.0, 0.0, 3.0]], dtype=np.float32)

    def joined(share: float) -> list[float]:
        rule = {"share": share, "scale": 1.0, "shift": 0.5}
        both = net.joined(heads, heard, columns, {"issues": rule, "intents": rule})
        return [float(both[0, 0]), float(both[0, 1] - both[0, 2])]

    assert joined(0.0) == pytest.approx([2.5, 1.0])
    assert joined(0.5) == pytest.approx([1.5, -1.0])
    assert joined(1.0) == pytest.approx([0.5, -3.0], abs=1e-5)
