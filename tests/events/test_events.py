"""What every event promises."""

import time
from itertools import pairwise

import pytest
from pydantic import ValidationError

from diji.events import ALL, ConsumerSpoke, ConversationHandedOver, Event, new_id, wire_name


def test_ids_sort_by_the_time_they_were_made() -> None:
    ids = []
    for _ in range(5):
        ids.append(new_id())
        time.sleep(0.002)
    assert ids == sorted(ids)
    assert all(early < late for early, late in pairwise(ids))


def test_ids_are_uuid_version_7_and_never_meet() -> None:
    ids = {new_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert all(len(i) == 32 and i[12] == "7" and i[16] in "89ab" for i in ids)


@pytest.mark.parametrize(
    ("kind", "name"),
    [(ConsumerSpoke, "consumer.spoke"), (ConversationHandedOver, "conversation.handed_over")],
)
def test_the_name_on_the_wire_is_noun_dot_what_happened(kind: type[Event], name: str) -> None:
    assert wire_name(kind) == name


def test_no_two_events_share_a_name_and_every_subclass_is_in_the_catalogue() -> None:
    assert set(ALL.values()) == set(Event.__subclasses__())
    assert {wire_name(kind): kind for kind in ALL.values()} == ALL


def test_an_event_cannot_be_changed_once_it_happened() -> None:
    spoke = ConsumerSpoke(
        shop_id="tmall", conversation_id="c", consumer_id="小王", message_id="m", seq=1
    )
    with pytest.raises(ValidationError):
        spoke.seq = 2


def test_what_an_event_tells_is_camel_case_outside_and_comes_back_the_same() -> None:
    spoke = ConsumerSpoke(
        shop_id="tmall", conversation_id="c", consumer_id="小王", message_id="m", seq=1
    )
    assert spoke.model_dump(by_alias=True)["conversationId"] == "c"
    assert ConsumerSpoke.model_validate_json(spoke.model_dump_json()) == spoke


FREE_TEXT = {
    "text",
    "words",
    "body",
    "name",
    "title",
    "reason",
    "note",
    "remark",
    "address",
    "phone",
}


@pytest.mark.parametrize("kind", ALL.values(), ids=list(ALL))
def test_no_event_carries_what_a_person_wrote(kind: type[Event]) -> None:
    assert not FREE_TEXT & set(kind.model_fields)
