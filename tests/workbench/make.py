"""A small table of labelled messages, some of them with the wrong label."""

from pathlib import Path

from diji.workbench.training import Table, read_table

SAID = {
    "催发货": """什么时候发货 怎么还不发货 今天能发货吗 快点发货吧 都三天了还没发货 麻烦尽快发货 下单两天了没发货
        发货了没有 能不能早点发货 你们到底发不发货 我的货发了吗 请尽快安排发货 啥时候给我发货 还要等多久才发货
        急用快发货 说好昨天发货的 怎么一直没发货 可以今天发货吗 赶紧发货 为什么不发货""",
    "退款": """我要退款 怎么退款 钱什么时候退给我 退款多久到账 不想要了退款 申请退款了 麻烦退款 退款怎么还没到
        请把钱退了 我不要了给我退款 退款退到哪里 退款成功了吗 能退款吗 快点把钱退给我 退款申请通过了吗 全额退款可以吗
        我的退款呢 退款要几天 帮我处理退款 已经申请退款""",
    "尺码": """我穿多大码 一米七穿什么码 尺码偏大吗 尺码准不准 体重一百二穿几码 M码有多大 身高165穿哪个尺码
        L码适合多重的人 尺码表发一下 这个码偏小吗 穿大一码可以吗 平时穿M码这个选什么码 有没有XL码 腰围多少选几码
        肩宽多少穿什么尺码 码数标准吗 穿什么码合适 两码之间选哪个码 孩子一米二穿多大码 帮我看看穿几码""",
}
MEANS = {"催发货": "买家催促发货", "退款": "买家咨询退款", "尺码": "买家咨询商品尺码"}
TAUGHT = [(text, label) for label, texts in SAID.items() for text in texts.split()]
# Every eleventh row carries the label of another one.
WRONG = range(3, len(TAUGHT), 11)


def rows(*, spoilt: bool = False) -> list[tuple[str, str]]:
    """Texts and labels; where ``spoilt``, those in ``WRONG`` carry the next label."""
    labels = list(SAID)
    return [
        (text, labels[(labels.index(label) + 1) % 3] if spoilt and place in WRONG else label)
        for place, (text, label) in enumerate(TAUGHT)
    ]


def written(path: Path, *, spoilt: bool = False) -> Path:
    lines = [f"{label}\t{MEANS[label]}\t{text}" for text, label in rows(spoilt=spoilt)]
    path.write_text("\n".join(["label\tlabel_des\ttext", *lines]) + "\n", encoding="utf-8")
    return path


def table(folder: Path, *, spoilt: bool = False) -> Table:
    return read_table(written(folder / "labelled.tsv", spoilt=spoilt))
