"""Fits the net that reads messages beside the heads: letters in their order, with what was said before.

Needs PyTorch, which is in no group of this project: python -m diji.workbench.recipes.net
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from diji.understanding import heard, letters, linear, net, plain_of
from diji.workbench.recipes import fitting, messages
from diji.workbench.training.net import alphabet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from diji.workbench.recipes.messages import Lending, Row

    Floats = npt.NDArray[np.float32]
    Tensors = dict[str, Any]

TOLD = fitting.settings("net")
TASKS = ("intents", "emotions", "issues", "needs_human")
COLUMNS = tuple(column for column in messages.COLUMNS if column[0] in TASKS)
_OF = {task: [at for at, column in enumerate(COLUMNS) if column[0] == task] for task in TASKS}


@dataclass(frozen=True, slots=True)
class Lesson:
    """Texts as numbers, and for every column what is true: 1, 0, or nan where nobody knows.

    ``weight`` says what a row counts.
    """

    heard: list[tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]]
    """The message, what we said, what the consumer said before."""
    truth: Floats
    weight: Floats

    def rows(self, at: npt.NDArray[np.int64]) -> Lesson:
        return Lesson(
            [(ids[at], lengths[at]) for ids, lengths in self.heard], self.truth[at], self.weight[at]
        )


def main() -> None:
    rows = [*messages.utterances(), *messages.dialogues()]
    lending = messages.borrowed()
    alphabet = alphabet_of([heard(plain_of(row.message.text)) for row in rows])
    lesson = lesson_of(rows, lending, alphabet)
    card = {
        "task": "net",
        "says": "a second opinion on every column of the messages model, joined with it by share",
        "data": fitting.fingerprint(messages.sources()),
        "written_for_this_project": len(rows),
        "settings": TOLD,
        "limits": messages.LIMITS,
    }

    # 1. Every row read by heads and by a net that have not seen its dialogue: what joins and calibrates.
    heads = messages.out_of_fold(rows, messages.vectors_of(rows, lending), lending)
    scale, shift = messages.calibrated(rows, heads)
    heads = (heads * scale + shift).astype(np.float32)
    part = messages.parts_of(rows)
    told = np.zeros((len(rows), len(COLUMNS)), dtype=np.float32)
    said = [row.message for row in rows]
    others = np.arange(len(rows), len(lesson.weight))
    for number in range(messages.TOLD["parts"]):
        learn = np.concatenate([np.flatnonzero(part != number), others])
        unknowing = net.Net(alphabet, COLUMNS, fit(lesson.rows(learn), alphabet), card)
        asked = [said[one] for one in np.flatnonzero(part == number)]
        told[part == number] = unknowing.logits(asked, [plain_of(one.text) for one in asked])
    card["joins"] = joining(rows, heads, told)

    # 2. Everything.
    model = net.Net(alphabet, COLUMNS, fit(lesson, alphabet), card)
    card["figures"] = messages.figures(rows, net.joined(heads, messages.COLUMNS, told, model))
    net.save(model, linear.WEIGHTS / "net")
    sys.stdout.write(json.dumps(card, ensure_ascii=False, indent=1) + "\n")


def lesson_of(rows: list[Row], lending: Lending, alphabet: letters.Alphabet) -> Lesson:
    """Our rows first, then the believed ones of others, then reviews with the troubles that they tell."""
    truth = [truth_of(row.intent, row.emotion, row.issues, needs=row.needs_human) for row in rows]
    truth += [
        truth_of(row.intent, "neutral" if row.calm else None, row.issues, needs=False if row.calm else None)
        for row in lending.weak
    ]  # fmt: skip
    truth += [truth_of(None, None, issues, needs=None) for issues in lending.complaints]
    everyday = messages.TOLD["everyday_weight"]
    weight = [everyday if row.everyday else 1.0 for row in rows]
    weight += [TOLD["weak_weight"]] * len(lending.weak)
    weight += [TOLD["review_weight"]] * len(lending.complaints)
    said = [row.message for row in rows]
    texts = [one.text for one in said]
    texts += [row.text for row in lending.weak] + lending.reviews
    silent = [""] * (len(texts) - len(said))
    return Lesson(
        [
            alphabet.encode([heard(plain_of(text)) for text in texts]),
            *[
                alphabet.encode([*[net.before(one, role) for one in said], *silent])
                for role in net.SPEAKERS
            ],
        ],
        np.array(truth, dtype=np.float32),
        np.array(weight, dtype=np.float32),
    )


def truth_of(
    intent: str | None, emotion: str | None, issues: frozenset[str] | None, *, needs: bool | None
) -> list[float]:
    nobody = float("nan")
    said = {"intents": intent, "emotions": emotion}
    row = []
    for task, label in COLUMNS:
        if task == "issues":
            row.append(nobody if issues is None else float(label in issues))
        elif task == "needs_human":
            row.append(nobody if needs is None else float(needs))
        else:
            row.append(nobody if said[task] is None else float(label == said[task]))
    return row


def fit(lesson: Lesson, alphabet: letters.Alphabet) -> dict[str, Floats]:
    """The arrays of a net that has heard every row ``passes`` times."""
    import torch

    torch.manual_seed(TOLD["seed"])
    chance = np.random.default_rng(TOLD["seed"])
    tensors = begun(len(alphabet.letters) + letters.KNOWN_FROM)
    adam = torch.optim.Adam(list(tensors.values()), TOLD["step"])
    steps = TOLD["passes"] * -(-len(lesson.weight) // TOLD["batch"])
    step = 0
    for _ in range(TOLD["passes"]):
        for at in shuffled(lesson, chance):
            step += 1
            for group in adam.param_groups:
                group["lr"] = TOLD["step"] * min(1.0, 1.5 * (1 - step / (steps + 1)))
            adam.zero_grad()
            some = lesson.rows(at)
            wrong = surprise(hear(tensors, some), some)
            wrong.backward()
            adam.step()
        sys.stderr.write(f"… {step} of {steps} steps, surprise {float(wrong):.2f}\n")
    arrays = {name: one.detach().numpy() for name, one in tensors.items()}
    arrays["letters"][0] = 0  # a blank is nothing, here as in what was learned
    return arrays


def begun(known: int) -> Tensors:
    import torch

    depth, filters, gist = TOLD["depth"], TOLD["filters"], TOLD["gist"]
    heard = filters * len(TOLD["widths"])

    def drawn(rows: int, columns: int, width: float) -> Any:
        return torch.nn.Parameter(torch.randn(rows, columns) * width)

    tensors = {"letters": drawn(known, depth, 0.3), "deaf": torch.nn.Parameter(torch.zeros(heard))}
    for width in TOLD["widths"]:
        tensors[f"filters{width}"] = drawn(width * depth, filters, (width * depth) ** -0.5)
    for role in net.SPEAKERS:
        tensors[role] = drawn(heard, gist, heard**-0.5)
        tensors[f"{role}_bias"] = torch.nn.Parameter(torch.zeros(gist))
    tensors["weights"] = drawn(heard + 2 * gist, len(COLUMNS), 0.03)
    tensors["bias"] = torch.nn.Parameter(torch.zeros(len(COLUMNS)))
    return tensors


def shuffled(lesson: Lesson, chance: np.random.Generator) -> Iterator[npt.NDArray[np.int64]]:
    """Batches of messages about as long as each other, in an order of chance."""
    order = chance.permutation(len(lesson.weight))
    lengths, size = lesson.heard[0][1], TOLD["batch"]
    batches = []
    for first in range(0, len(order), 20 * size):
        near = order[first : first + 20 * size]
        near = near[np.argsort(lengths[near], kind="stable")]
        batches += [near[at : at + size] for at in range(0, len(near), size)]
    for at in chance.permutation(len(batches)):
        yield batches[at]


def hear(tensors: Tensors, lesson: Lesson) -> Any:
    """What the net says of each row while it learns, some of it unheard: (rows, columns)."""
    import torch
    from torch.nn import functional

    def ear(ids: npt.NDArray[np.int32], lengths: npt.NDArray[np.int64]) -> Any:
        longest, widest = int(lengths.max()), max(TOLD["widths"])
        kept = np.pad(ids[:, :longest].astype(np.int64), ((0, 0), (0, widest - 1)))
        open_ = (torch.rand(kept.shape) >= TOLD["drop_letters"]) & torch.from_numpy(kept > 0)
        said = (tensors["letters"][torch.from_numpy(kept)] * open_[:, :, None]).transpose(1, 2)
        beyond = torch.from_numpy(np.arange(longest) >= lengths[:, None])[:, None]
        loudest = []
        for width in TOLD["widths"]:
            filters = tensors[f"filters{width}"].view(width, TOLD["depth"], -1).permute(2, 1, 0)
            answers = functional.conv1d(said, filters)[:, :, :longest]
            loudest.append(answers.masked_fill(beyond, -1e9).amax(2))
        return torch.relu(torch.cat(loudest, 1) + tensors["deaf"])

    heard = [functional.dropout(ear(*lesson.heard[0]), TOLD["drop_heard"])]
    for role, (ids, lengths) in zip(net.SPEAKERS, lesson.heard[1:], strict=True):
        spoken = torch.from_numpy((lengths > letters.FRAME).astype(np.float32))[:, None]
        gist = torch.relu(ear(ids, lengths) @ tensors[role] + tensors[f"{role}_bias"]) * spoken
        heard.append(functional.dropout(gist, TOLD["drop_gist"]))
    return torch.cat(heard, 1) @ tensors["weights"] + tensors["bias"]


def surprise(said: Any, lesson: Lesson) -> Any:
    """How surprising the truth is; a task that nobody knows of a row surprises nobody."""
    import torch
    from torch.nn import functional

    truth, weight = torch.from_numpy(lesson.truth), torch.from_numpy(lesson.weight)
    total = torch.zeros(())
    for task in TASKS:
        at = _OF[task]
        known = ~torch.isnan(truth[:, at[0]])
        if not known.any():
            continue
        told, wanted, counts = said[known][:, at], truth[known][:, at], weight[known]
        if task in net.ONE_OF_MANY:
            smooth = TOLD["smooth"] if task == "intents" else 0.0
            lost = functional.cross_entropy(
                told, wanted.argmax(1), reduction="none", label_smoothing=smooth
            )
        else:
            each = functional.binary_cross_entropy_with_logits(told, wanted, reduction="none")
            lost = each.sum(1) * (TOLD["issues_weight"] if task == "issues" else 1.0)
        total = total + (lost * counts).sum()
    return total / len(weight)


def joining(rows: list[Row], heads: Floats, told: Floats) -> dict[str, dict[str, float]]:
    """Share, scale and shift of each task, so that probabilities hold on everyday talk."""
    plain: dict[str, Any] = {
        task: {"share": share, "scale": 1.0, "shift": 0.0} for task, share in TOLD["share"].items()
    }
    daily = np.array([row.everyday for row in rows])
    voting = net.Net(letters.Alphabet(""), COLUMNS, {}, {"joins": plain})
    both = net.joined(heads, messages.COLUMNS, told, voting)[daily]
    for task, of in (("intents", "intent"), ("emotions", "emotion")):
        at = messages.columns_of(task)
        labels = [messages.COLUMNS[place][1] for place in at]
        truth = np.array([labels.index(getattr(row, of)) for row in rows])[daily]
        plain[task]["scale"] = round(1 / fitting.best_temperature(both[:, at], truth), 4)
    needed = np.array([row.needs_human for row in rows])[daily]
    at = messages.columns_of("needs_human")
    slope, offset = messages.platt(both[:, at[0]], needed)
    plain["needs_human"] |= {"scale": round(slope, 4), "shift": round(offset, 4)}
    plain["issues"]["shift"] = TOLD["issues_shift"]
    return plain


if __name__ == "__main__":
    main()
