"""How well articles are found: each is asked for with one of its own questions, which it was made to forget.

python -m benchmarks.finding
"""

import random
import time
from dataclasses import replace
from datetime import UTC, datetime

from diji import demo
from diji.knowledge import ArticleIndex, ArticleView, Scope

CHATTER = "你好 在吗 我前两天买的，{}，麻烦帮我看一下谢谢"
SEED = 5


def main() -> None:
    chance = random.Random(SEED)
    known, held = [], []
    for article in demo.articles():
        asked = chance.choice(article.questions)
        held.append((article, asked))
        known.append(replace(article, questions=tuple(q for q in article.questions if q != asked)))
    index = ArticleIndex(known)
    print(f"{len(known)} articles of the demo, each asked for with a question it no longer has")
    for name, words in (("as asked", "{}"), ("with chatter around", CHATTER)):
        for goods in (False, True):
            measure(
                f"{name}, goods {'known' if goods else 'unknown'}", index, held, words, goods=goods
            )


def measure(
    name: str, index: ArticleIndex, held: list[tuple[ArticleView, str]], words: str, *, goods: bool
) -> None:
    first = among = 0
    begun = time.perf_counter()
    for article, asked in held:
        scope = Scope(None, datetime.now(UTC), (), article.products if goods else ())
        found = [hit.article.id for hit in index.search(words.format(asked), scope, limit=3)]
        first += found[:1] == [article.id]
        among += article.id in found
    each = (time.perf_counter() - begun) / len(held) * 1000
    print(
        f"{name}: first {first / len(held):.3f}, among three {among / len(held):.3f}, {each:.1f} ms each"
    )


if __name__ == "__main__":
    main()
