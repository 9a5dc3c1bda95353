"""Things named in a text: numbers, money, dates, measures, colours, with values code can use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .reading import Entity

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "四": 4, "五": 5,
           "六": 6, "七": 7, "八": 8, "九": 9, "半": 0.5}  # fmt: skip
# Bounded, so that a megabyte of digits is read in one pass.
_N = r"(?:(?<!\d)\d{1,7}(?:\.\d{1,4})?|[一二两三四五六七八九十百半几]{1,5})"
_COLOURS = (
    "黑|白|红|蓝|绿|黄|紫|灰|粉|橙|棕|咖啡?|米|杏|卡其|藏青|墨绿|军绿|酒红|玫红|天蓝|浅蓝|深蓝|浅灰|深灰|奶白|米白|"
    "香槟|银|金|驼|焦糖|雾霾蓝|豆沙|裸|透明|薄荷绿|牛油果绿"
)
_MASKED = {"订单": "order_number", "数字": "number", "电话": "phone", "金额": "money",
           "日期": "date", "时间": "date", "姓名": "person", "地址": "address",
           "快递": "tracking_number", "链接": "link"}  # fmt: skip


def number(text: str) -> float | None:
    """A number written in digits or in Chinese up to 999; None for 几."""
    try:
        return float(text)
    except ValueError:
        pass
    total = current = 0.0
    for letter in text:
        if letter == "十":
            total, current = total + (current or 1) * 10, 0.0
        elif letter == "百":
            total, current = total + (current or 1) * 100, 0.0
        elif letter in _DIGITS:
            current = _DIGITS[letter]
        else:
            return None
    return total + current


def _plain_number(text: str) -> str:
    value = number(text)
    return "" if value is None else f"{value:g}"


def _fen(match: re.Match[str]) -> str:
    value = number(match["yuan"] or match["n"])
    if value is None:
        return ""
    tenths = number(match["m"]) if match["m"] else 0
    return str(round(value * 100) + round((tenths or 0) * 10))


def _with_unit(match: re.Match[str]) -> str:
    return f"{_plain_number(match['n'])} {match['u']}".strip()


def _height(match: re.Match[str]) -> str:
    """Centimetres, as 1米6, 1米65, 一米七五, 1.65 and 165cm all say."""
    if match["m"]:
        digits = "".join(str(_DIGITS.get(one, one)) for one in match["m"])
        return f"{100 + int(digits.ljust(2, '0'))} cm"
    value = float(match["n"] or match["cm"])
    return f"{value * 100 if value < 3 else value:g} cm"  # noqa: PLR2004, nobody is 3 cm tall


def _weight(match: re.Match[str]) -> str:
    value = number(match["n"])
    if value is None:
        return ""
    # 斤 is half a kilogram; people give their weight in it.
    return f"{value / 2 if match['u'] == '斤' else value:g} kg"


def _date(match: re.Match[str]) -> str:
    if match["day"]:
        return f"--{int(match['month']):02d}-{int(match['day']):02d}"
    return match[0]


def _tracking(match: re.Match[str]) -> str:
    return re.sub(r"^[: 是]+", "", match[0]).upper()


_NOT_DIGIT, _NO_MORE = r"(?<![\da-z.])", r"(?![\da-z])"
_DAY = r"3[01]|[12]\d|0?[1-9]"
_WEEKDAY = r"(?:周|星期|礼拜)[一二三四五六日天]"
_SPAN = r"工作日|天|周|星期|礼拜|个?月|小时|分钟|年"
_MEASURE = r"cm|mm|厘米|毫米|公分|英寸|寸|米|ml|毫升|升|l|克|g|瓦|w|v|伏|平米?|平方"
_PIECE = r"个|件|瓶|包|只|双|盒|条|袋|支|(?<!一)样|本|片|套|张|根|台|箱|罐|桶|份|卷|提"
_FIGURES = "0123456789"
_MASK = r"订单|数字|电话|金额|日期|时间|姓名|地址|快递|链接"

# Tried in this order; what one has taken, the next ones leave alone.
_KINDS: tuple[tuple[str, str, Callable[[re.Match[str]], str]], ...] = (
    ("masked", rf"[\[【]({_MASK})(?:编?号)?[x*]*[\]】]", lambda match: match[1]),
    ("phone", rf"{_NOT_DIGIT}1[3-9]\d[\d*]{{4}}\d{{4}}{_NO_MORE}", lambda match: match[0]),
    (
        "tracking_number",
        (
            rf"{_NOT_DIGIT}(?:sf|yt|jdv?[a-z]?|zto|yd|jt|ems|dpk)[a-z]?\d{{9,18}}{_NO_MORE}"
            r"|(?:(?<=[^订]单号)|(?<=^单号))[: 是]{0,3}\d{10,15}(?!\d)"
        ),
        _tracking,
    ),
    (
        "order_number",
        rf"{_NOT_DIGIT}(?:\d{{12,24}}|\d{{6}}-\d{{12,18}}){_NO_MORE}",
        lambda match: match[0],
    ),
    (
        "height",
        (
            r"身高\s*(?P<n>1\d\d|1\.\d{1,2})(?:cm|厘米|公分)?|[1一]米(?P<m>[\d一二三四五六七八九]{1,2})"
            rf"|{_NOT_DIGIT}(?P<cm>1[3-9]\d)(?:cm|厘米|公分)"
        ),
        _height,
    ),
    ("weight", rf"(?:体重\s*)?(?P<n>{_N})\s*(?P<u>斤|公斤|kg|千克)(?!装)", _weight),
    (
        "money",
        (
            r"[¥￥]\s*(?P<yuan>\d{1,7}(?:\.\d{1,4})?)"
            rf"|(?P<n>{_N})\s*(?:元|块钱?|rmb)(?P<m>\d|[一二两三四五六七八九](?![个件块]))?"
        ),
        _fen,
    ),
    (
        "date",
        (
            rf"(?<!\d)(?P<month>1[0-2]|0?[1-9])月(?P<day>{_DAY})(?!\d)[日号]?"
            r"|大?前天|昨[天晚]|今[天晚早]|明[天早晚]|大?后天"
            rf"|[上下]{{0,2}}个?{_WEEKDAY}|[下这本](?:周末?|星期|礼拜)"
            rf"|(?<!\d)(?:{_DAY})[号日](?![楼线店码])"
        ),
        _date,
    ),
    ("duration", rf"(?P<n>{_N})\s*(?:多|来)?个?(?P<u>{_SPAN})(?![级货])", _with_unit),
    (
        "size",
        r"(?<![a-z])(?P<n>(?:[2-6]?x{0,3}[sl]|m|均)码|[2-6]xl|x{1,3}l|\d{2,3}(?:\.5)?码)(?![a-z])",
        lambda match: match["n"].removesuffix("码").upper(),
    ),
    ("measure", rf"(?P<n>{_N})\s*(?P<u>{_MEASURE})(?![a-z])", _with_unit),
    (
        "quantity",
        rf"(?P<n>{_N})\s*(?P<u>{_PIECE})(?!月|人|小时|星期|样子|电话|性)",
        _with_unit,
    ),
    (
        "colour",
        rf"(?:{_COLOURS})色|(?<=[要拍买换选])[黑白红蓝绿黄紫灰粉]的",
        lambda match: match[0].removesuffix("色").removesuffix("的"),
    ),
)
# Each kind needs at least one of these letters: asking for them is cheaper than looking for the kind.
_NEEDS = {
    "masked": "[【", "phone": "1", "tracking_number": _FIGURES, "order_number": _FIGURES,
    "height": "高米厘公c", "weight": "斤克k", "money": "¥￥元块r", "date": "月天晚早周星礼号日",
    "duration": "日天周期拜月时分年", "size": "码l", "measure": _MEASURE, "quantity": _PIECE,
    "colour": "色的",
}  # fmt: skip
_COMPILED = tuple(
    (kind, frozenset(_NEEDS[kind]), re.compile(pattern), value) for kind, pattern, value in _KINDS
)


def entities_in(plain: str, original: str) -> tuple[Entity, ...]:
    """All entities in the order of the text; none overlaps another."""
    taken = bytearray(len(plain))
    found: list[Entity] = []
    letters = set(plain)
    for kind, needs, pattern, value in _COMPILED:
        if letters.isdisjoint(needs):
            continue
        for match in pattern.finditer(plain):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\x01" * (end - start)
            named = _MASKED[match[1]] if kind == "masked" else kind
            found.append(Entity(named, original[start:end], start, end, value(match)))
    return tuple(sorted(found, key=lambda entity: entity.start))
