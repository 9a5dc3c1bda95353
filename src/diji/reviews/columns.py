"""Which column holds what: proposed from the names that platforms and tools give, checked on the values."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from .dates import looks_like_dates
from .stars import looks_like_ratings

REASON = "未导入原因"  # the column that we add to the rows we give back, and take off again


class Field(StrEnum):
    """What a column can mean."""

    TEXT = "text"
    MORE = "more"  # 追评
    RATING = "rating"
    LABEL = "label"  # somebody's judgement beside the buyer's own: kept to compare, never counted
    DATE = "date"
    CODE = "code"
    PRODUCT = "product"
    SKU = "sku"
    ORDER = "order"
    BUYER = "buyer"
    REVIEW = "review"


# The best name first. Short names match whole headers only, those of four and more also inside longer ones.
_NAMES = {
    Field.REVIEW: "评价id 评论id 评价编号 评论编号 评价单号 reviewid commentid rateid",
    Field.MORE: (
        "追评内容 追加评价内容 追加评论内容 追加评价 追加评论 追评 appendcontent appendreview "
        "afterreview"
    ),
    Field.TEXT: (
        "评价内容 评论内容 评价正文 评论正文 评价文本 评论文本 初评内容 首评内容 初次评价 "
        "首次评价 初评 首评 评价详情 评论详情 买家评价 用户评价 用户评论 客户评价 顾客评价 "
        "买家评论 商品评价 商品评论 评语 评价 评论 内容 文本 正文 心得 点评 反馈内容 "
        "reviewtext reviewcontent reviewbody commentcontent commenttext review comment "
        "comments content text body feedback sentence reviews"
    ),
    Field.RATING: (
        "评价星级 评论星级 商品星级 星级 评价等级 评级 商品评分 综合评分 总评分 总体评分 "
        "评价分数 评论评分 评价评分 用户评分 评分 打分 得分 分数 好中差评 评价结果 评价类型 "
        "评价级别 宝贝与描述相符 描述相符度 描述相符 描述评分 满意度 好评差评 starrating "
        "reviewrating overallrating stars star rating score rate grade overall"
    ),
    Field.LABEL: "label labels 标签 标注 情感标签 情感倾向 情感极性 情感 极性 sentiment polarity",
    Field.DATE: (
        "评价时间 评论时间 评价日期 评论日期 初评时间 首评时间 评价创建时间 评价提交时间 "
        "发表时间 发布时间 提交时间 创建时间 创建日期 时间 日期 reviewtime reviewdate "
        "commenttime commentdate creationtime createtime createdat createdtime created "
        "datetime timestamp date time"
    ),
    Field.CODE: (
        "商品id 商品编号 商品编码 宝贝id 产品id 产品编号 产品编码 货品编号 货品编码 货号 款号 "
        "商品货号 spuid spu编码 spu商品spu productid productcode itemid goodsid numiid asin "
        "spu"
    ),
    Field.PRODUCT: (
        "商品名称 商品标题 宝贝名称 宝贝标题 产品名称 货品名称 商品名 品名 商品信息 商品 宝贝 "
        "产品 productname producttitle itemname itemtitle goodsname goodstitle product item "
        "goods title 商品类目 商品分类 类目 品类 类别 分类 category cat"
    ),
    Field.SKU: (
        "sku规格 sku属性 商品sku属性 商品规格 购买规格 规格名称 规格型号 销售属性 商品属性 sku名称 skuname "
        "sku信息 规格 颜色分类 款式 型号 属性 sku编码 sku编号 skuid sku variant style spec "
        "颜色尺码 尺码"
    ),
    Field.ORDER: (
        "订单编号 订单号 子订单编号 子订单号 主订单编号 主订单号 订单id 交易编号 交易单号 "
        "orderid orderno ordernumber ordersn suborderid tid oid order"
    ),
    Field.BUYER: (
        "买家昵称 用户昵称 会员昵称 评价人昵称 买家旺旺 旺旺 买家会员名 会员名 买家账号 "
        "用户账号 买家id 用户id 评价人 评论人 评价者 评论者 评价账号 用户名 昵称 买家 用户 "
        "客户 buyernick buyername username usernick nickname nick buyer customer user author"
    ),
}
# What a header must not speak of to mean the field: a shop's answer is no review, an order's time no review's.
_NOT = {
    Field.TEXT: (
        "回复",
        "解释",
        "追",
        "时间",
        "日期",
        "id",
        "编号",
        "数",
        "星",
        "图",
        "人",
        "类型",
        "标签",
        "状态",
        "reply",
    ),
    Field.MORE: ("时间", "日期", "图", "数", "回复", "天"),
    Field.DATE: (
        "订单",
        "下单",
        "付款",
        "支付",
        "发货",
        "成交",
        "回复",
        "解释",
        "追",
        "更新",
        "修改",
        "order",
        "reply",
        "update",
    ),
    Field.RATING: ("物流", "服务", "时间", "id"),
    Field.PRODUCT: ("id", "编号", "编码", "评", "规格", "链接", "图", "数"),
    Field.SKU: ("评", "数"),
    Field.BUYER: ("等级", "级别", "手机", "电话"),
    Field.ORDER: ("时间", "状态", "金额", "日期", "备注"),
}
_MARKS = re.compile(r"[\s_\-—:：*/\\|.·'\"“”()（）\[\]【】<>]+")
_BESIDE = re.compile(r"[(（【\[].*?[)）】\]]")
_REPLY = re.compile("回复|商家解释|卖家解释|客服解释|reply|sellerresponse|merchantresponse")
_INSIDE = 4
_LOOK_AT_FIRST = 10


def plain(header: str) -> str:
    """A header without width, case, spaces, marks and what stands in brackets."""
    word = unicodedata.normalize("NFKC", header).lower().strip().lstrip("\ufeff")
    return _MARKS.sub("", _BESIDE.sub("", word) or word)


def signature(headers: Sequence[str]) -> str:
    """By this a mapping is remembered: the same headers in the same order; our own reason does not count."""
    words = [plain(h) for h in headers if plain(h) != plain(REASON)]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]


def propose(headers: Sequence[str], samples: Sequence[Sequence[str]]) -> dict[str, int]:
    """Field → column; a column is used once, and ratings and dates must look like such."""
    words = [plain(h) for h in headers]
    offers = sorted(
        (closeness, column, field)
        for field in _NAMES
        for column, word in enumerate(words)
        for closeness in [_closeness(word, field)]
        if closeness is not None
    )
    found: dict[str, int] = {}
    for _, column, field in offers:
        if field in found or column in found.values():
            continue
        if _holds(field, _values(samples, column)):
            found[field] = column
    if Field.TEXT not in found:
        wordiest = _wordiest(samples, taken=set(found.values()), width=len(headers))
        if wordiest is not None:
            found[Field.TEXT] = wordiest
    return {field.value: found[field] for field in Field if field in found}


def is_reply(header: str) -> bool:
    """Whether a column holds what the shop answered: it is seen, and never taken for a review."""
    word = plain(header)
    return bool(_REPLY.search(word)) and not any(
        other in word for other in ("时间", "日期", "time", "date")
    )


def header_place(rows: Sequence[Sequence[str]]) -> int | None:
    """Which of the first rows names the columns; None when the data begins at once."""
    known = [sum(map(_known, row)) for row in rows[:_LOOK_AT_FIRST]]
    if known and max(known) > 0:
        return known.index(max(known))
    if not rows or _looks_like_data(rows[0]):
        return None
    return 0


def known_headers(row: Sequence[str]) -> int:
    return sum(map(_known, row))


def _known(header: str) -> bool:
    word = plain(header)
    return bool(word) and any(_closeness(word, field) is not None for field in _NAMES)


def _closeness(word: str, field: Field) -> int | None:
    """How good a name it is: smaller is better, None when it is none."""
    names = _NAMES[field].split()
    if word in names:
        return names.index(word)
    if any(bar in word for bar in _NOT.get(field, ())):
        return None
    inside = [place for place, name in enumerate(names) if len(name) >= _INSIDE and name in word]
    return 100 + inside[0] if inside else None


def _values(samples: Sequence[Sequence[str]], column: int) -> list[str]:
    return [row[column] for row in samples if column < len(row) and row[column].strip()]


def _holds(field: Field, values: list[str]) -> bool:
    if not values:
        return True
    if field in {Field.RATING, Field.LABEL}:
        return looks_like_ratings(values)
    return looks_like_dates(values) if field is Field.DATE else True


def _wordiest(samples: Sequence[Sequence[str]], *, taken: set[int], width: int) -> int | None:
    """The column in which people seem to write."""
    lengths = {
        column: sum(map(_words_in, values)) / len(values)
        for column in range(width)
        if column not in taken and (values := _values(samples, column))
    }
    best = max(lengths, key=lambda column: lengths[column], default=None)
    return best if best is not None and lengths[best] >= _INSIDE else None


def _words_in(value: str) -> int:
    return sum(character.isalpha() for character in value)


def _looks_like_data(row: Sequence[str]) -> bool:
    return any(_words_in(cell) > 12 or any(mark in cell for mark in "，。！？") for cell in row)  # noqa: PLR2004
