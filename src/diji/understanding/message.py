"""Reads one message of a consumer, or many at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import because, emotion, flag, human, intent, linear, names, stage, trouble
from .entities import entities_in
from .grams import grams
from .normalise import LONGEST, is_foreign, normalise
from .odds import best, sigmoid
from .reading import Attachment, Message, Reading, Scored, Span, Turn

if TYPE_CHECKING:
    from collections.abc import Sequence

CONTEXT_TURNS = 6
_NAMES_OF_ATTACHMENTS = {
    "picture": "图片", "voice": "语音", "video": "视频", "product": "商品卡片",
    "order": "订单卡片", "file": "文件",
}  # fmt: skip
# At these, nineteen of twenty hand-labelled chat turns read as sure were read rightly.
SURE_OF_INTENT, SURE_OF_SCOPE = 0.6, 0.5


@dataclass(frozen=True, slots=True)
class _Said:
    """What the models say of one message, before the words are heard."""

    intents: dict[str, float] | None
    emotions: dict[str, float] | None
    out_of_scope: float | None


def read(
    text: str, *, context: Sequence[Turn] = (), attachments: Sequence[Attachment] = ()
) -> Reading:
    """Understand one message; never raises, whatever the text."""
    return read_many([Message(text, tuple(context), tuple(attachments))])[0]


def read_many(messages: Sequence[Message]) -> list[Reading]:
    """Understand many messages at once, in their order; several times faster than one by one."""
    plains = [intent.without_cards(normalise(message.text)) for message in messages]
    return [
        _reading(message, plain, said)
        for message, plain, said in zip(messages, plains, _models_say(plains), strict=True)
    ]


def _models_say(plains: list[str]) -> list[_Said]:
    intents, emotions, scope = (linear.load(task) for task in ("intents", "emotions", "scope"))
    if not plains:
        return []
    if intents is None and emotions is None and scope is None:
        return [_Said(None, None, None) for _ in plains]
    hashed = grams(plains)
    wants, feels, strays = (
        model.logits(hashed).tolist() if model else None for model in (intents, emotions, scope)
    )
    return [
        _Said(
            _named(intents, wants[place]) if intents and wants else None,
            _named(emotions, feels[place]) if emotions and feels else None,
            sigmoid(strays[place][0]) if strays else None,
        )
        for place in range(len(plains))
    ]


def _named(model: linear.Linear, row: list[float]) -> dict[str, float]:
    return dict(zip(model.labels, row, strict=True))


def _reading(message: Message, plain: str, said: _Said) -> Reading:
    context = message.context[-CONTEXT_TURNS:]
    found = flag.hits(plain)
    told = trouble.issues_in(plain)
    ranked = intent.rank(
        plain, found, said.intents,
        troubles=told.scores, context=context, attachments=message.attachments,
    )  # fmt: skip
    feelings, felt_by = emotion.scores(
        plain, found, said.emotions, intents=ranked.scores, troubles=len(told.scores)
    )
    upset = sum(feelings[one] for one in emotion.UPSET)
    troubles = trouble.with_intents(told, plain, ranked.scores, upset)
    issues = troubles.ranked()
    unread = tuple(
        _NAMES_OF_ATTACHMENTS[one.kind] for one in message.attachments if one.described is None
    )
    need = human.needed(
        found=found, emotions=feelings, intents=ranked.scores, issues=issues,
        told_before=_told_before(context) if issues or upset > trouble.HINT else 0, unread=unread,
    )  # fmt: skip
    first = ranked.first
    astray = _astray(plain, ranked, said.out_of_scope)
    unclear = intent.is_ambiguous(ranked, plain)
    kinds = emotion.sentiment(feelings)
    return Reading(
        intent=first,
        intents=tuple(
            Scored(one, round(score, 4))
            for one, score in sorted(ranked.scores.items(), key=lambda item: -item[1])[:3]
        ),
        out_of_scope=round(astray, 4),
        emotion=best(feelings),
        emotion_scores={one: round(score, 4) for one, score in feelings.items()},
        intensity=emotion.intensity(plain, feelings),
        flags=flag.flags_of(found),
        issues=issues,
        entities=entities_in(plain, message.text),
        needs_human=need.chance,
        reasons=_reasons(need, unclear=unclear, astray=astray, long=len(message.text) > LONGEST),
        ambiguous=unclear,
        confident=not (
            unread
            or unclear
            or said.intents is None
            or len(message.text) > LONGEST
            or astray >= SURE_OF_SCOPE
            or "sarcasm" in found
            or first == "other"
            or ranked.scores[first] < SURE_OF_INTENT
        ),
        sentiment=best(kinds),
        sentiment_scores={one: round(score, 4) for one, score in kinds.items()},
        stage=stage.stage_of(plain, first),
        objection=stage.objection_in(plain, first),
        because=_because(message.text, plain, found, ranked, felt_by, feelings)
        + troubles.shown(message.text),
    )


def _told_before(context: Sequence[Turn]) -> int:
    return sum(
        bool(trouble.issues_in(normalise(turn.text)).scores)
        for turn in context
        if turn.role == "consumer"
    )


def _astray(plain: str, ranked: intent.Ranked, model: float | None) -> float:
    """How probable it is that the message has nothing to do with a shop."""
    if not any(letter.isalnum() for letter in plain):
        # Marks and emoji are talk, not another subject.
        return 0.1 if plain.strip() else 0.5
    if is_foreign(plain):
        return 0.9
    if not any("\u4e00" <= letter <= "\u9fff" or letter.isdigit() for letter in plain):
        strange = 0.2 if ranked.cues else 0.9
        return strange if model is None else max(model, strange)
    if model is None:
        return 0.3
    # A clear cue of the trade outweighs unfamiliar words around it.
    return model * 0.4 if ranked.cues else model


def _reasons(need: human.Need, *, unclear: bool, astray: float, long: bool) -> tuple[str, ...]:
    extra = []
    if unclear:
        extra.append("意思不止一种，最好先问清楚")
    if astray >= SURE_OF_SCOPE:
        extra.append("说的可能不是店铺的事")
    if long:
        extra.append(f"消息太长，只读了前 {LONGEST} 个字")
    return (*need.reasons, *extra)


def _because(
    text: str,
    plain: str,
    found: flag.Hits,
    ranked: intent.Ranked,
    felt_by: dict[str, tuple[int, int]],
    feelings: dict[str, float],
) -> tuple[Span, ...]:
    def cut(of: str, start: int, end: int) -> Span:
        return Span(of, text[start:end], start, end)

    spans = [cut(one, *match.span()) for one, match in found.items() if one in names.ids("flags")]
    first, feeling = ranked.first, best(feelings)
    if first in ranked.cues:
        spans.append(cut(first, *ranked.cues[first]))
    elif (model := linear.load("intents")) is not None:
        weighed = because.stretch(model, model.labels.index(first), plain, text, first)
        spans += [weighed] if weighed else []
    if feeling in felt_by:
        spans.append(cut(feeling, *felt_by[feeling]))
    return tuple(span for span in spans if span.end > span.start)
