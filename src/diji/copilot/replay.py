"""Plays recorded conversations through the machine without touching any store."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from diji import understanding
from diji.foundation import Invalid
from diji.knowledge import ArticleIndex, Scope

from .rules import Strategy
from .thinking import Known, Said, intents_of, question_of, read_each, think

_CONSUMER = frozenset({"customer", "consumer", "buyer", "user"})
_OURS = frozenset({"agent", "seller", "service", "copilot", "assistant", "bot", "system"})


@dataclass(frozen=True, slots=True)
class Recording:
    """A conversation from a file: (is it ours, text), oldest first."""

    id: str
    turns: tuple[tuple[bool, str], ...]


def read_recordings(lines: Iterable[str]) -> Iterator[Recording]:
    """JSONL with `session` (or `id`) and `turns` of `role` and `text`; raises `Invalid` naming the line."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _recording(json.loads(line), number)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise Invalid(
                f"第 {number} 行不是会话：每行应为 JSON，含 session 和 turns，每轮有 role（customer 或 agent）和 text",
                f'line {number} is no conversation: "session" and "turns" of "role" and "text" are needed',
                line=number,
            ) from None


def _recording(data: dict[str, Any], number: int) -> Recording:
    turns = []
    for turn in data["turns"]:
        role = str(turn["role"]).lower()
        if role not in _CONSUMER | _OURS:
            raise KeyError(role)
        turns.append((role in _OURS, str(turn["text"])))
    return Recording(str(data.get("session") or data.get("id") or number), tuple(turns))


def replay(
    recording: Recording, index: ArticleIndex, strategy: Strategy, *, now: datetime | None = None
) -> Iterator[dict[str, Any]]:
    """For each message of the consumer: reading, decision and suggestion, as the live turn would have had them.

    The recorded answers of the team stay in the thread; the machine's own are not played back into it.
    """
    moment = now or datetime.now(UTC)
    known = Known("replay", "本店", strategy, (), (), moment)
    said: list[Said] = []
    for seq, (ours, text) in enumerate(recording.turns, start=1):
        said.append(Said(seq, f"{recording.id}:{seq}", text, ours))
        if ours:
            continue
        readings = read_each(said)
        asked, reading = question_of(readings)
        hits = index.search(asked, Scope(None, moment, intents_of(reading)))
        thought = think(readings, hits, known, said)
        last, newest = thought.readings[-1]
        said[-1] = replace(said[-1], felt=newest)
        best = thought.drafts[0] if thought.drafts else None
        yield {
            "session": recording.id,
            "turn": last.seq,
            "text": last.text,
            "reading": understanding.as_json(newest),
            "decision": thought.verdict.decision.value,
            "why": list(thought.verdict.why),
            "suggestion": best.text if best else None,
            "sure": round(best.sure, 3) if best else None,
            "sources": [source.title for source in best.sources] if best else [],
        }


def summary(results: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """In sum: how many messages would be answered, drafted, handed over, and why."""
    decisions: Counter[str] = Counter()
    why: Counter[str] = Counter()
    drafted = 0
    for result in results:
        decisions[result["decision"]] += 1
        why.update(result["why"])
        drafted += result["suggestion"] is not None
    return {
        "messages": decisions.total(),
        "decisions": dict(decisions),
        "why": dict(why.most_common()),
        "with_suggestion": drafted,
    }
