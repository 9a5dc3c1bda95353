"""Every figure opens to exactly the reviews that it counts."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from diji import reviews
from diji.foundation import Actor, Store
from diji.reviews import Period, Which, period_between
from diji.understanding import ReviewReading
from tests.reviews.make import FILE, NOW, SHOP, read_quickly, take_in

CLAUSES = (
    "物流太慢了",
    "物流很快",
    "质量太差",
    "质量不错",
    "包装一般",
    "包装很好",
    "随便说说",
    "物流慢",
)
MAY = period_between(date(2026, 5, 1), date(2026, 5, 31), now=NOW)


def some_reviews(seed: int, rows: int = 120) -> str:
    """Ratings, dates and clauses at random; some without stars, some without a date."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    lines = ["订单号,商品ID,星级,评价内容,评价时间"]
    for n in range(rows):
        words = "，".join(chance.choices(CLAUSES, k=chance.randint(1, 3)))
        day = (
            f"2026-0{chance.choice('345')}-{chance.randint(1, 30):02}"
            if chance.random() < 0.9
            else ""
        )
        lines.append(
            f'{n}x{seed},P{chance.randint(1, 4)},{chance.choice(["", "1", "3", "5"])},"{words}",{day}'
        )
    return "\n".join(lines)


async def opened(store: Store, which: Which) -> int:
    """How many reviews the list shows, page by page."""
    count, after, seen = 0, None, set()
    while True:
        page = await store.read(reviews.reviews, which, after=after, limit=7)
        count += len(page.reviews)
        seen |= {review.id for review in page.reviews}
        after = page.after
        if after is None:
            assert len(seen) == count
            return count


@pytest.mark.parametrize("seed", [1, 2])
async def test_every_figure_opens_to_its_rows(shops: Store, seed: int) -> None:
    await take_in(shops, some_reviews(seed))
    for which in (
        Which(),
        Which(period=MAY),
        Which(product="P1"),
        Which(verdict="bad", handled=False, period=MAY),
    ):
        now = (await shops.read(reviews.totals, which)).now
        assert now.count == await opened(shops, which)
        assert now.undated == await opened(shops, replace(which, dated=False))
        for line in await shops.read(reviews.products, which):
            assert line.now.count == await opened(shops, replace(which, product=line.id))
        for cell in await shops.read(reviews.issues, which):
            assert cell.count == await opened(shops, replace(which, issue=cell.aspect))
        trend = await shops.read(reviews.trend, which)
        assert (
            sum(bucket.tally.count for bucket in trend.buckets) + trend.undated.count == now.count
        )


async def test_cells_and_clauses_open_to_their_rows(shops: Store) -> None:
    await take_in(shops, some_reviews(3))
    for which in (
        Which(),
        Which(period=MAY),
        Which(platform="tmall", product="P2"),
        Which(issue="quality_defect"),
    ):
        for cell in await shops.read(reviews.aspects, which):
            there = replace(which, aspect=cell.aspect, sentiment=cell.sentiment)
            assert cell.count == await opened(shops, there)
        for voice in await shops.read(reviews.voices, which):
            for clause in voice.clauses:
                there = replace(
                    which, aspect=voice.aspect, sentiment=voice.sentiment, phrase=clause.phrase
                )
                assert clause.count == await opened(shops, there)


async def test_verdicts_stand_in_the_totals_as_in_the_list(shops: Store) -> None:
    await take_in(shops, some_reviews(4))
    now = (await shops.read(reviews.totals, Which())).now
    for verdict in ("good", "neutral", "bad"):
        assert getattr(now, verdict) == await opened(shops, Which(verdict=verdict))
    assert 0 < now.by_machine < now.count


async def test_the_period_before_is_told(shops: Store) -> None:
    await take_in(shops, FILE)
    third = Which(period=period_between(date(2026, 5, 3), date(2026, 5, 4), now=NOW))
    totals = await shops.read(reviews.totals, third)
    assert totals.before is not None
    assert (totals.now.good_rate, totals.before.good_rate) == (0.5, 0.5)


async def test_who_falls_fastest_comes_first(shops: Store) -> None:
    rows = [
        (p, d, s)
        for p, then, now in (("A", 5, 1), ("B", 5, 5), ("C", 1, 5))
        for d, s in (("04", then), ("05", now))
    ]
    lines = [f"{p}{d}{n},{p},{s},不错{n},2026-{d}-10" for p, d, s in rows for n in range(6)]
    await take_in(shops, "\n".join(["订单号,商品ID,星级,评价内容,评价时间", *lines]))
    which = Which(period=MAY)
    falling = await shops.read(reviews.products, which)
    assert [(line.id, line.change) for line in falling] == [("A", -1.0), ("B", 0.0), ("C", 1.0)]


async def test_clauses_that_say_the_same_are_counted_together(shops: Store) -> None:
    await take_in(shops, "评价内容,星级\n物流很快,5\n物流真快,4\n物流快，物流快,5\n")
    voice = (await shops.read(reviews.voices, Which(aspect="logistics", sentiment="positive")))[0]
    assert [(clause.phrase, clause.count) for clause in voice.clauses] == [("物流快", 3)]


async def test_marks_emoji_and_the_word_for_additions_part_no_phrases(shops: Store) -> None:
    rows = ["物流很快😊。,", "物流快！,", "不错,物流快。"]
    await take_in(shops, "\n".join(["评价内容,追评内容,星级", *(f"{row},5" for row in rows)]))
    voice = (await shops.read(reviews.voices, Which(aspect="logistics")))[0]
    assert [(c.phrase, c.count) for c in voice.clauses] == [("物流快", 3)]
    assert not set(voice.clauses[0].text) & set("😊。！：追")
    behind = Which(aspect="logistics", sentiment="positive", phrase="物流快")
    assert await opened(shops, behind) == 3


async def test_a_phrase_of_two_aspects_stands_once(shops: Store) -> None:
    def of_both(texts: Sequence[str]) -> list[ReviewReading]:
        readings = read_quickly(texts)
        return [
            replace(one, aspects=(*one.aspects, *(replace(a, id="overall") for a in one.aspects)))
            for one in readings
        ]

    text = "评价内容,星级\n物流很快,5\n物流快,5\n质量不错,5\n"
    await reviews.import_file(
        shops, text.encode(), file_name="a", shop_id=SHOP, read=of_both, now=NOW
    )
    found = await shops.read(reviews.voices, Which())
    assert {v.aspect: (v.count, [c.phrase for c in v.clauses]) for v in found} == {
        "overall": (3, []),
        "logistics": (2, ["物流快"]),
        "quality": (1, ["质量不错"]),
    }


async def test_nobody_blames_where_a_bare_guess_contradicts_the_buyer(shops: Store) -> None:
    def gloomy(texts: Sequence[str]) -> list[ReviewReading]:
        """As a machine that guesses blame in every clause."""
        return [replace(read_quickly([f"{text}差"])[0], sentiment="positive") for text in texts]

    text = "评价内容,星级\n物流耐心,5\n物流太慢,5\n物流没有一样,1\n"
    await reviews.import_file(
        shops, text.encode(), file_name="a", shop_id=SHOP, read=gloomy, now=NOW
    )
    blamed = await shops.read(reviews.voices, Which(aspect="logistics"))
    assert [(v.sentiment, sorted(c.text for c in v.clauses)) for v in blamed] == [
        ("negative", ["物流太慢", "物流没有"])
    ]
    cells = {c.sentiment: c.count for c in await shops.read(reviews.aspects, Which())}
    assert cells == {"negative": 2, "neutral": 1}


async def test_a_handled_review_leaves_the_open_ones(shops: Store) -> None:
    await take_in(shops, FILE)
    bad = (await shops.read(reviews.reviews, Which(verdict="bad"))).reviews[0]
    for _ in range(2):
        await shops.write(reviews.mark_handled, bad.id, by="xiaoli", now=NOW)
    assert (await shops.read(reviews.totals, Which())).now.open == 0
    await shops.write(reviews.mark_handled, bad.id, handled=False, by="xiaoli", now=NOW)
    assert (await shops.read(reviews.totals, Which())).now.open == 1


async def test_who_works_for_another_shop_sees_nothing(shops: Store) -> None:
    await take_in(shops, FILE)
    luren = shops.of(Actor("member", "luren", "agent", frozenset({"jd"})))
    assert (await luren.read(reviews.totals, Which())).now.count == 0
    assert await luren.read(reviews.aspects, Which()) == []
    assert await luren.read(reviews.voices, Which()) == []
    assert await luren.read(reviews.issues, Which()) == []


async def test_an_empty_shop_has_no_rate(shops: Store) -> None:
    totals = await shops.read(reviews.totals, Which(period=Period(1, 2)))
    assert (totals.now.good_rate, totals.now.stars) == (None, None)


async def test_words_are_sought_as_they_stand(shops: Store) -> None:
    await take_in(shops, '评价内容,星级\n"折扣100%真的",5\n"折扣1000元",5\n')
    assert await opened(shops, Which(words="100%")) == 1
