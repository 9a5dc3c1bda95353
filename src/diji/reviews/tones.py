"""Which clauses count as praise or blame: the machine's guess about a few words alone is not enough."""

import re

from diji.understanding import Aspect, ReviewReading

from .stars import Rating, Verdict

_SAYS = {
    "positive": re.compile(
        "不错|很好|挺好|真好|太好|非常好|好[用看吃喝闻评]|满意|喜欢|舒服|舒适|漂亮|完美|推荐|值得|实惠|划算|超值|"
        "快|耐心|热情|周到|贴心|新鲜|合适|合身|赞|棒|惊喜|回购|靠谱|精致|柔软|结实|清晰|流畅|没有?异味|不[贵慢吵卡]"
    ),
    "negative": re.compile(
        "差(?!不多|别|价)|失望|难[用吃看喝闻受]|后悔|不值|垃圾|坏|破|裂|断|臭|异味|刺鼻|慢|贵|敷衍|粗糙|掉色|褪色|"
        "起球|开线|假|漏|退货|退款|脏|瑕疵|划痕|卡顿|死机|噪音|吵|过敏|红肿|痒|缩水|变形|坑|骗|冷漠|没用|没人|"
        "不(?:好|行|理|满意|喜欢|舒服|合适|合身|新鲜|清晰|推荐|耐用|方便)|太[大小短长薄厚硬少]|偏[大小短长薄硬]|色差|不一样"
    ),
}
_DENIED = re.compile(r"(?:不|没|没有|不太|不怎么|不是很|并不|毫不|不算|谈不上|不够|别|从不|无)$")
_OF = {Verdict.GOOD: "positive", Verdict.BAD: "negative"}


def clear_tone(aspect: Aspect, reading: ReviewReading | None, rating: Rating | None) -> str:
    """An aspect's tone where the review's own agrees or a plain word says it; else it counts as neither."""
    tone = aspect.sentiment
    if tone == "neutral" or tone in _own_tones(reading, rating) or _said_plainly(aspect.text, tone):
        return tone
    return "neutral"


def _own_tones(reading: ReviewReading | None, rating: Rating | None) -> set[str]:
    """What the buyer gave; where that is 中评 or nothing, what the whole text says."""
    if rating and rating.verdict in _OF:
        return {_OF[rating.verdict]}
    return {reading.sentiment} if reading else set()


def _said_plainly(clause: str, tone: str) -> bool:
    return any(
        _DENIED.search(clause[: found.start()]) is None for found in _SAYS[tone].finditer(clause)
    )
