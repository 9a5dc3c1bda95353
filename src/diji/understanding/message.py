"""Reads one message of a consumer, or many at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from . import (
    because,
    emotion,
    flag,
    heads,
    human,
    intent,
    linear,
    names,
    net,
    signs,
    stage,
    trouble,
    views,
)
from .cards import plain_of, without_cards
from .entities import entities_in
from .normalise import LONGEST, is_foreign, normalise
from .odds import best, sigmoid
from .reading import Attachment, Entity, Message, Reading, Scored, Span, Turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .catalogue import Catalogue
    from .grams import Grams
    from .wordlists import WordHit, WordList

CONTEXT_TURNS = 6
_NAMES_OF_ATTACHMENTS = {
    "picture": "图片", "voice": "语音", "video": "视频", "product": "商品卡片",
    "order": "订单卡片", "file": "文件",
}  # fmt: skip
SURE_OF_SCOPE = 0.5
# A bare no to what we said: what is refused stands in our words, and a person had better look.
_REFUSES = re.compile(
    r"(?:那|这|我|就|还是|都|也|亲|,)*"
    r"(?:不行|不要|不可以|不用|不同意|不接受|不好|不对|不是|不需要|没有|没|算了)[的吧啊呀哦!?。. ]*"
)


@dataclass(frozen=True, slots=True)
class Shop:
    """What a shop brings along: what it sells, and words that mean something of their own there."""

    catalogue: Catalogue | None = None
    words: WordList | None = None


_ANY = Shop()
_LIFTED_TO = -1.0  # a shop's own word lifts even what the model thinks impossible


def read(
    text: str,
    *,
    context: Sequence[Turn] = (),
    attachments: Sequence[Attachment] = (),
    shop: Shop = _ANY,
) -> Reading:
    """Understand one message; never raises, whatever the text."""
    return read_many([Message(text, tuple(context), tuple(attachments))], shop=shop)[0]


def read_many(messages: Sequence[Message], *, shop: Shop = _ANY) -> list[Reading]:
    """Understand many messages at once, in their order; several times faster than one by one."""
    if not messages:
        return []
    messages = [_as_learned(message) for message in messages]
    wholes = [normalise(message.text) for message in messages]
    plains = [without_cards(whole) for whole in wholes]
    seen = [signs.look(plain) for plain in plains]
    made = views.views(messages, plains, seen)
    told = _told(messages, plains, made)
    strays = _strays(made[0].grams, len(messages))
    return [
        _reading(message, whole, plain, one, said, stray, shop)
        for message, whole, plain, one, said, stray in zip(
            messages, wholes, plains, seen, told, strays, strict=True
        )
    ]


def _as_learned(message: Message) -> Message:
    """With no more turns before it than the models have learned from."""
    if len(message.context) <= CONTEXT_TURNS:
        return message
    return replace(message, context=message.context[-CONTEXT_TURNS:])


def _told(
    messages: Sequence[Message], plains: Sequence[str], made: Sequence[views.View]
) -> list[dict[str, dict[str, float]]]:
    """Log-odds by task and label, of the heads and the net together."""
    counting, hearing = heads.load(), net.load()
    logits = net.joined(
        counting.logits(made),
        counting.columns,
        hearing.logits(messages, plains),
        hearing,
    )
    return heads.by_task(counting.columns, logits)


def _strays(own: Grams, count: int) -> list[float]:
    scope = linear.load("scope")
    return [sigmoid(odds) for odds in scope.logits(own)[:, 0].tolist()] if scope else [0.3] * count


def _reading(
    message: Message,
    whole: str,
    plain: str,
    seen: signs.Seen,
    said: dict[str, dict[str, float]],
    stray: float,
    shop: Shop,
) -> Reading:
    own_words = shop.words.hits(plain) if shop.words else ()
    _lift(said, own_words)
    carded = plain != whole
    wants = intent.rank(
        plain, seen, said["intents"],
        carded=carded, context=message.context, attachments=message.attachments,
    )  # fmt: skip
    worded = any(letter.isalpha() for letter in plain)
    feelings = emotion.scores(said["emotions"], seen, worded=worded)
    troubles = trouble.joined(seen.troubles, said["issues"], plain)
    issues = troubles.ranked()
    unread = tuple(
        _NAMES_OF_ATTACHMENTS[one.kind] for one in message.attachments if one.described is None
    )
    need = human.needed(
        said["needs_human"]["yes"], found=_flags(seen, own_words), emotions=feelings,
        intents=wants, issues=issues, unread=unread,
        told_before=_told_before(message.context) if issues else 0,
    )  # fmt: skip
    first = best(wants)
    astray = _astray(plain, seen, stray, carded=carded)
    unclear = intent.is_ambiguous(wants, plain)
    kinds = emotion.sentiment(feelings, said["praise"]["yes"], seen)
    objection = stage.objection_in(plain, first)
    return Reading(
        intent=first,
        intents=tuple(
            Scored(one, round(score, 4))
            for one, score in sorted(wants.items(), key=lambda item: -item[1])[:3]
        ),
        out_of_scope=round(astray, 4),
        emotion=best(feelings),
        emotion_scores={one: round(score, 4) for one, score in feelings.items()},
        intensity=emotion.intensity(plain, feelings),
        flags=flag.flags_of(seen.flags, (hit.entry.id for hit in own_words)),
        issues=issues,
        entities=_entities(whole, message.text, shop.catalogue),
        needs_human=need.chance,
        reasons=_reasons(need, unclear=unclear, astray=astray, long=len(message.text) > LONGEST),
        ambiguous=unclear,
        confident=_may_act_alone(message, plain, seen, wants[first])
        and not (unread or unclear or astray >= SURE_OF_SCOPE or first == "other"),
        sentiment=best(kinds),
        sentiment_scores={one: round(score, 4) for one, score in kinds.items()},
        stage=stage.stage_of(plain, first, objection),
        objection=objection,
        because=_because(message.text, plain, seen, first, best(feelings))
        + troubles.shown(message.text)
        + tuple(hit.span(message.text) for hit in own_words),
    )


def _flags(seen: signs.Seen, own_words: Sequence[WordHit]) -> set[str]:
    """Ours and the shop's own: a word for danger weighs the same in both."""
    return {*seen.flags, *(hit.entry.id for hit in own_words if hit.entry.kind == "flag")}


def _may_act_alone(message: Message, plain: str, seen: signs.Seen, chance: float) -> bool:
    """Said in earnest and not too long to be read, no bare no, and as sure as nineteen of twenty right readings."""
    refuses = message.context and _REFUSES.fullmatch(plain.strip())
    if refuses or "sarcasm" in seen.flags or len(message.text) > LONGEST:
        return False
    return chance >= float(heads.load().card["sure_of_intent"])


def _lift(said: dict[str, dict[str, float]], own_words: Sequence[WordHit]) -> None:
    """A shop's own words add their weight to what they stand for."""
    for hit in own_words:
        odds = said.get(f"{hit.entry.kind}s", {})
        if hit.entry.id in odds:
            odds[hit.entry.id] = max(odds[hit.entry.id], _LIFTED_TO) + hit.entry.weight


def _entities(plain: str, text: str, catalogue: Catalogue | None) -> tuple[Entity, ...]:
    """What is named; a product hides the figures within its name."""
    found = entities_in(plain, text)
    goods = catalogue.mentions(plain, text) if catalogue else ()
    if not goods:
        return found
    kept = [one for one in found if all(one.end <= it.start or one.start >= it.end for it in goods)]
    return tuple(sorted([*kept, *goods], key=lambda entity: entity.start))


def _told_before(context: Sequence[Turn]) -> int:
    """In how many of the consumer's turns before something had gone wrong already."""
    told = [turn.text for turn in context if turn.role == "consumer"]
    return sum(bool(signs.look(plain_of(text)).troubles.scores) for text in told)


def _astray(plain: str, seen: signs.Seen, model: float, *, carded: bool) -> float:
    """How probable it is that the message has nothing to do with a shop."""
    if not any(letter.isalnum() for letter in plain):
        # Marks, emoji and order cards are talk, not another subject.
        return 0.1 if plain.strip() or carded else 0.5
    if is_foreign(plain):
        return 0.9
    if not any("\u4e00" <= letter <= "\u9fff" or letter.isdigit() for letter in plain):
        return max(model, 0.2 if seen.intents else 0.9)
    # A clear cue of the trade outweighs unfamiliar words around it.
    return model * 0.4 if seen.intents else model


def _reasons(need: human.Need, *, unclear: bool, astray: float, long: bool) -> tuple[str, ...]:
    extra = []
    if unclear:
        extra.append("意思不止一种，最好先问清楚")
    if astray >= SURE_OF_SCOPE:
        extra.append("说的可能不是店铺的事")
    if long:
        extra.append(f"消息太长，只读了前 {LONGEST} 个字")
    return (*need.reasons, *extra)


def _because(text: str, plain: str, seen: signs.Seen, first: str, feeling: str) -> tuple[Span, ...]:
    """The words behind flags, intent and feeling: a table's where one has them, else those that weighed most."""

    def cut(of: str, start: int, end: int) -> Span:
        return Span(of, text[start:end], start, end)

    spans = [
        cut(one, *match.span()) for one, match in seen.flags.items() if one in names.ids("flags")
    ]
    model = heads.load()
    places = heads.places_of(model.columns)
    for task, one, cues in (("intents", first, seen.intents), ("emotions", feeling, seen.emotions)):
        if one in cues:
            spans.append(cut(one, *cues[one]))
        elif one != "neutral":
            weighed = because.stretch(model, places[task, one], plain, text, one)
            spans += [weighed] if weighed else []
    return tuple(span for span in spans if span.end > span.start)
