"""Fits what a message wants, how it feels, what went wrong, and whether a person is needed: one model, many heads."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix, vstack  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score

from diji.understanding import Message, Turn, heads, linear, names, plain_of, signs, views
from diji.workbench.recipes import fitting
from diji.workbench.recipes.weak import Lent, believed, complaints, lent

TOLD = fitting.settings("messages")
WRITTEN = [fitting.CORPUS / "utterances.tsv", fitting.CORPUS / "dialogues.tsv"]
WEAK = [fitting.DATA / "cic" / "train.tsv", fitting.DATA / "cic" / "dev.tsv"]
REVIEWS = fitting.DATA / "online_shopping_10_cats" / "train.tsv"
CHAT = fitting.DATA / "conv_sentiment" / "train.tsv"
CONTEXT_TURNS = 6
SIDED = ("satisfied", "disappointed", "angry")
UPSET = ("anxious", "disappointed", "angry")
LIMITS = (
    "Chinese e-commerce chat. Figures are out of fold on our own corpus, which one kind of writer wrote: "
    "real chats are measured by benchmarks/understanding."
)


@dataclass(frozen=True, slots=True)
class Row:
    """A message with its labels; ``group`` keeps the lines of one dialogue together."""

    message: Message
    intent: str
    emotion: str
    issues: frozenset[str]
    needs_human: bool
    group: str
    everyday: bool = False


@dataclass(frozen=True, slots=True)
class Lending:
    """What others wrote or labelled.

    Messages with intents, reviews with the issues that their words tell, turns of any chat, good or bad.
    """

    weak: list[Lent]
    reviews: list[str]
    complaints: list[frozenset[str]]
    chats: list[str]
    praised: list[bool]


@dataclass(frozen=True, slots=True)
class Vectors:
    """All texts in the same buckets."""

    rarity: np.ndarray
    own: csr_matrix
    weak: csr_matrix
    reviewed: csr_matrix
    chats: csr_matrix


def main() -> None:
    rows = [*utterances(), *dialogues()]
    lending = borrowed()
    vectors = vectors_of(rows, lending)

    # 1. Every row read by heads that have not seen its dialogue: what calibrates and what is reported.
    told = out_of_fold(rows, vectors, lending)
    scale, shift = calibrated(rows, told)

    # 2. Everything, scaled so that what comes out are log-odds.
    weights, bias = fit(rows, vectors.own, vectors, lending)
    card = {
        "task": "messages",
        "says": "log-odds of intents and emotions (softmax each), of issues and of the need of a person (sigmoid)",
        "data": fitting.fingerprint(sources()),
        "written_for_this_project": len(rows),
        "weak_rows_kept": len(lending.weak),
        "reviews_kept": len(lending.reviews),
        "settings": {key: value for key, value in TOLD.items() if key != "cic"},
        "sure_of_intent": TOLD["sure_of_intent"],
        "figures": figures(rows, told * scale + shift),
        "limits": LIMITS,
    }
    model = heads.Heads(
        columns=COLUMNS,
        weights=np.ascontiguousarray(weights * scale).astype(np.float16),
        bias=(bias * scale + shift).astype(np.float32),
        rarity=vectors.rarity,
        card=card,
    )
    heads.save(model, linear.WEIGHTS / "messages")
    sys.stdout.write(json.dumps(card, ensure_ascii=False, indent=1) + "\n")


COLUMNS = tuple(
    [("intents", one) for one in sorted(names.ids("intents"))]
    + [("emotions", one) for one in sorted(names.ids("emotions"))]
    + [("issues", one) for one in names.ids("issues")]
    + [("needs_human", "yes"), ("praise", "yes")]
)
_OF = {
    task: [place for place, column in enumerate(COLUMNS) if column[0] == task]
    for task in ("intents", "emotions", "issues", "needs_human", "praise")
}


def columns_of(task: str) -> list[int]:
    return _OF[task]


def sources() -> list[Path]:
    return [*WRITTEN, *[path for path in (*WEAK, REVIEWS, CHAT) if path.exists()]]


def borrowed() -> Lending:
    weak = lent(
        believed(WEAK, TOLD["cic"], keep_rank=TOLD["keep_rank"], seed=TOLD["seed"]),
        restless=TOLD["restless"],
        means=TOLD["means"],
    )
    told_of = complaints(REVIEWS, most=TOLD["reviews"], seed=TOLD["seed"])
    talk = fitting.rows_of(CHAT) if CHAT.exists() else []
    return Lending(
        weak,
        [text for text, _ in told_of],
        [issues for _, issues in told_of],
        [row["text"] for row in talk],
        [row["label"] == "1" for row in talk],
    )


def vectors_of(rows: list[Row], lending: Lending) -> Vectors:
    own = as_views([row.message for row in rows])
    weak = as_views([Message(row.text) for row in lending.weak])
    # The others come later: their words are not to say which words of a service chat are rare.
    rarity = rarity_of([own, weak], TOLD["buckets"])
    reviewed, chats = (
        as_views([Message(text) for text in texts]) for texts in (lending.reviews, lending.chats)
    )
    return Vectors(rarity, *(matrix(one, rarity) for one in (own, weak, reviewed, chats)))


def parts_of(rows: list[Row]) -> np.ndarray:
    """Which part each row lies in; a dialogue lies in one."""
    return fitting.folds_of(np.array([row.group for row in rows]), TOLD["parts"], TOLD["seed"])


def out_of_fold(rows: list[Row], vectors: Vectors, lending: Lending) -> np.ndarray:
    """What heads say of each row that have not seen its dialogue; not yet calibrated."""
    part = parts_of(rows)
    told = np.zeros((len(rows), len(COLUMNS)))
    for number in range(TOLD["parts"]):
        learn, read = np.flatnonzero(part != number), part == number
        own = vectors.own[learn]
        weights, bias = fit([rows[one] for one in learn], own, vectors, lending)
        told[read] = vectors.own[read] @ weights + bias
    return told


def utterances() -> list[Row]:
    return [
        labelled(row, Message(row["text"]), f"u{place}")
        for place, row in enumerate(fitting.rows_of(WRITTEN[0]))
    ]


def dialogues() -> list[Row]:
    """Every line of a consumer with the turns before it."""
    rows: list[Row] = []
    said: list[Turn] = []
    for row in fitting.rows_of(WRITTEN[1]):
        if row["turn"] == "0":
            said = []
        if row["role"] == "consumer":
            message = Message(row["text"], tuple(said[-CONTEXT_TURNS:]))
            rows.append(labelled(row, message, row["dialogue"]))
        said.append(Turn("agent" if row["role"] == "agent" else "consumer", row["text"]))
    return rows


def labelled(row: dict[str, str], message: Message, group: str) -> Row:
    issues = frozenset(one for one in row["issues"].split(",") if one)
    everyday = row.get("about") == "everyday"
    return Row(
        message, row["intent"], row["emotion"], issues, row["needs_human"] == "1", group, everyday
    )


def as_views(messages: list[Message]) -> tuple[views.View, ...]:
    plains = [plain_of(message.text) for message in messages]
    return views.views(messages, plains, [signs.look(plain) for plain in plains])


def rarity_of(seen: list[tuple[views.View, ...]], buckets: int) -> np.ndarray:
    """Inverse document frequency of each bucket, as the shipped half precision has it."""
    worded = [view for one in seen for view in one if not view.plain]
    frequency = sum(
        np.bincount(linear.bucket(view.grams.hashes, buckets), minlength=buckets) for view in worded
    )
    texts = sum(len(view.owners) for view in worded)
    return (np.log((1 + texts) / (1 + frequency)) + 1).astype(np.float16).astype(np.float32)


def matrix(seen: tuple[views.View, ...], rarity: np.ndarray) -> csr_matrix:
    """All views of each message in one row."""
    shape = (len(seen[0].owners), len(rarity))
    total = csr_matrix(shape, dtype=np.float32)
    for view in seen:
        columns, values = heads.vector(view, rarity)
        rows = np.repeat(view.owners, np.diff(view.grams.starts))
        total = total + csr_matrix((values, (rows, columns)), shape=shape)
    return total


def fit(
    rows: list[Row], own: csr_matrix, vectors: Vectors, lending: Lending
) -> tuple[np.ndarray, np.ndarray]:
    """Weights and biases of all columns, not yet calibrated; ``own`` are the vectors of ``rows``."""
    weak, others = lending.weak, vectors.weak
    weights = np.zeros((own.shape[1], len(COLUMNS)), dtype=np.float32)
    bias = np.zeros(len(COLUMNS), dtype=np.float32)

    daily = np.where([row.everyday for row in rows], TOLD["everyday_weight"], 1.0)
    wanted = np.array([row.intent for row in rows] + [row.intent for row in weak])
    counts = np.concatenate([daily * TOLD["own_weight"], np.ones(len(weak))])
    mass = {one: counts[wanted == one].sum() for one in np.unique(wanted)}
    counts *= [(counts.sum() / len(mass) / mass[one]) ** TOLD["balance"] for one in wanted]
    margins = fitting.fit_margins(
        vstack([own, others]).tocsr(),
        wanted,
        strength=TOLD["intents"],
        weights=counts * 2 / counts.mean(),
    )
    weights[:, _OF["intents"]], bias[_OF["intents"]] = margins.coef_.T, margins.intercept_

    # Moods and the need of a person: believed rows are lent as calm ones.
    calm = np.flatnonzero([row.calm for row in weak])
    seen = vstack([own, others[calm]]).tocsr()
    counts = np.concatenate([daily, np.full(len(calm), TOLD["calm_weight"])])
    felt = fitting.fit(
        seen,
        np.array([row.emotion for row in rows] + ["neutral"] * len(calm)),
        strength=TOLD["emotions"],
        weights=counts,
    )
    weights[:, _OF["emotions"]], bias[_OF["emotions"]] = felt.coef_.T, felt.intercept_

    asked = LogisticRegression(C=TOLD["needs_human"], max_iter=300, solver="liblinear")
    asked.fit(seen, [row.needs_human for row in rows] + [False] * len(calm), counts)
    weights[:, _OF["needs_human"]], bias[_OF["needs_human"]] = asked.coef_.T, asked.intercept_

    weights[:, _OF["issues"]], bias[_OF["issues"]] = fit_issues(rows, own, vectors, lending)
    praise = fit_praise(rows, own, vectors.chats, np.array(lending.praised, dtype=np.bool_))
    weights[:, _OF["praise"]], bias[_OF["praise"]] = praise.coef_.T, praise.intercept_
    return weights, bias


def fit_praise(
    rows: list[Row], own: csr_matrix, chats: csr_matrix, praised: np.ndarray
) -> LogisticRegression:
    """Good or bad: our rows that feel either, and turns of any chat."""
    sided = np.flatnonzero([row.emotion in SIDED for row in rows])
    good = np.array([rows[place].emotion == "satisfied" for place in sided], dtype=np.bool_)
    counts = np.append(np.full(len(sided), 1.0), np.full(len(praised), TOLD["chat_weight"]))
    return fitting.fit_against_rest(
        vstack([own[sided], chats]).tocsr(),
        np.append(good, praised),
        strength=TOLD["praise"],
        weights=counts,
    )


def fit_issues(
    rows: list[Row], own: csr_matrix, vectors: Vectors, lending: Lending
) -> tuple[np.ndarray, np.ndarray]:
    """Margins of each issue, with a share of the margin of any trouble at all: that one has seen every trouble."""
    lent_issues = [row.issues for row in lending.weak]
    known = [place for place, issues in enumerate(lent_issues) if issues is not None]
    seen = vstack([own, vectors.weak[known], vectors.reviewed]).tocsr()
    suffered = [row.issues for row in rows]
    suffered += [issues for issues in lent_issues if issues is not None]
    suffered += lending.complaints
    counts = np.concatenate(
        [
            [TOLD["everyday_weight"] if row.everyday else 1.0 for row in rows],
            np.full(len(known), TOLD["calm_weight"]),
            np.full(len(lending.complaints), TOLD["review_weight"]),
        ]
    )

    def margin(truth: list[bool], strength: float) -> np.ndarray:
        told = fitting.fit_margins(seen, np.array(truth), strength=strength, weights=counts)
        return np.append(told.coef_[0], told.intercept_[0])

    any_ = margin([bool(one) for one in suffered], TOLD["any_issue"])
    each = [
        margin([COLUMNS[place][1] in one for one in suffered], TOLD["issues"])
        + TOLD["share_of_any"] * any_
        for place in _OF["issues"]
    ]
    return np.array([one[:-1] for one in each]).T, np.array([one[-1] for one in each])


def calibrated(rows: list[Row], told: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What to multiply and add for each column, so that probabilities hold on everyday talk."""
    scale, shift = np.ones(len(COLUMNS)), np.zeros(len(COLUMNS))
    daily = np.array([row.everyday for row in rows])
    for task in ("intents", "emotions"):
        labels = [COLUMNS[place][1] for place in _OF[task]]
        truth = np.array(
            [labels.index(row.intent if task == "intents" else row.emotion) for row in rows]
        )
        scale[_OF[task]] = 1 / fitting.best_temperature(told[daily][:, _OF[task]], truth[daily])
    asked = told[daily][:, _OF["needs_human"][0]]
    needed = np.array([row.needs_human for row in rows])[daily]
    scale[_OF["needs_human"]], shift[_OF["needs_human"]] = platt(asked, needed)
    scale[_OF["issues"]] = TOLD["issues_slope"]
    shift[_OF["issues"]] = -TOLD["issues_from"] * TOLD["issues_slope"]
    return scale, shift


def platt(logits: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """The slope and the offset under which held-out rows are least surprising."""

    def surprise(line: np.ndarray) -> float:
        odds = logits * line[0] + line[1]
        return float(np.logaddexp(0, np.where(truth, -odds, odds)).mean())

    slope, offset = minimize(surprise, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return float(slope), float(offset)


def figures(rows: list[Row], told: np.ndarray) -> dict[str, dict[str, float]]:
    """Out of fold, for all rows and for everyday talk."""
    found = {}
    for slice_, keep in (
        ("all", np.ones(len(rows), dtype=bool)),
        ("everyday", np.array([row.everyday for row in rows])),
    ):
        kept = [row for row, stays in zip(rows, keep, strict=True) if stays]
        odds = told[keep]
        labels = {task: [COLUMNS[place][1] for place in places] for task, places in _OF.items()}
        wanted = np.array(labels["intents"])[odds[:, _OF["intents"]].argmax(axis=1)]
        felt = np.array(labels["emotions"])[odds[:, _OF["emotions"]].argmax(axis=1)]
        told_issues = odds[:, _OF["issues"]] >= 0
        issues = np.array([[one in row.issues for one in labels["issues"]] for row in kept])
        found[slice_] = {
            "rows": len(kept),
            "intent": (wanted == [row.intent for row in kept]).mean(),
            "emotion": (felt == [row.emotion for row in kept]).mean(),
            "upset_macro_f1": f1_score(
                [row.emotion in UPSET for row in kept], np.isin(felt, UPSET), average="macro"
            ),
            "issues_micro_f1": 2
            * (told_issues & issues).sum()
            / (told_issues.sum() + issues.sum()),
            "needs_human_auroc": roc_auc_score(
                [row.needs_human for row in kept], odds[:, _OF["needs_human"][0]]
            ),
        }
    return {
        one: {key: round(float(value), 4) for key, value in row.items()}
        for one, row in found.items()
    }


if __name__ == "__main__":
    main()
