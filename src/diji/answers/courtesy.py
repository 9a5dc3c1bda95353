"""Words that ask nothing: who merely calls, thanks or nods, told by the words themselves."""

import re

_SIGNS = r"[\s!！。，,.、~～…^😊🙏👌👍❤️🌹]"
_CALL = re.compile(
    rf"(?:在吗|在么|在嘛|在不在?|在线吗|有人在?[吗么嘛]?|有没有人|没人[吗么]?|人呢|客服|你好|您好|亲|哈喽|哈啰|hello|hi|喂"
    rf"|[?？啊呀哦呢]|{_SIGNS})+",
    re.IGNORECASE,
)
_GREETING = re.compile(rf"(?:你好|您好|哈喽|哈啰|hello|hi|{_SIGNS})+", re.IGNORECASE)
_NOD = re.compile(
    rf"(?:好[的滴哒嘞呀啊吧勒]?|嗯|恩|哦|噢|喔|ok|okk|行[的吧]?|可以了?|知道|晓得|明白|懂|收到|了解|没事|不用"
    rf"|谢谢|谢|感谢|多谢|辛苦|麻烦|拜拜|再见|88|你|您|亲|[了啦哈呀啊哟咯]|{_SIGNS})+",
    re.IGNORECASE,
)
_THANKS = re.compile(r"谢|辛苦|麻烦|拜拜|再见|88")


def courtesy_in(text: str) -> str | None:
    """The intent of words that are nothing but courtesy; None when they say anything else."""
    words = text.strip()
    if not any(c.isalnum() or c in "?？" for c in words):
        return None
    if _GREETING.fullmatch(words):
        return "greeting"
    if _CALL.fullmatch(words):
        return "urge_reply"
    if _NOD.fullmatch(words):
        return "thanks_bye" if _THANKS.search(words) else "acknowledge"
    return None
