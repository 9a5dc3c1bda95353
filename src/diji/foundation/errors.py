"""The four kinds of refusal, and the one that is our own fault."""

from typing import ClassVar


class Refusal(Exception):
    """A clear answer to something that cannot be done. `zh` and `en` are what the user reads."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"

    def __init__(self, zh: str, en: str, **details: object) -> None:
        super().__init__(en)
        self.zh, self.en, self.details = zh, en, details

    def words(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


class Invalid(Refusal):
    """What was sent makes no sense."""

    status = 422
    code = "invalid"


class NotSignedIn(Refusal):
    """Nobody knows who asks."""

    status = 401
    code = "not_signed_in"


class NotAllowed(Refusal):
    """Who asks may not."""

    status = 403
    code = "not_allowed"


class NotFound(Refusal):
    """There is no such thing, or not for who asks."""

    status = 404
    code = "not_found"


class Conflict(Refusal):
    """The world has moved on since the asker looked."""

    status = 409
    code = "conflict"


class TooLarge(Refusal):
    """More than anyone needs to send at once."""

    status = 413
    code = "too_large"


class TooOften(Refusal):
    """Too many tries; `retry_after` seconds from now it may go again."""

    status = 429
    code = "too_often"

    def __init__(self, zh: str, en: str, *, retry_after: int) -> None:
        super().__init__(zh, en, retry_after=retry_after)
        self.retry_after = retry_after


class Unavailable(Refusal):
    """We cannot store anything now: the disk is full, or the database is away."""

    status = 503
    code = "unavailable"
    retry_after = 5


def unavailable() -> Unavailable:
    return Unavailable(
        "现在无法使用数据库（磁盘或数据库不可用），请稍后重试",
        "The database cannot be used now; try again shortly",
    )
