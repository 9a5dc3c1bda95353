"""Passwords are kept as argon2 hashes; making and checking one takes long on purpose, so off the loop."""

import asyncio
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from diji.foundation import Invalid

from .rules import SHORTEST_PASSWORD, good_password


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash to check against when the name is unknown, so that both answers take equally long."""
    return _hasher().hash("nobody has this password")


def hash_password(password: str, *, login: str) -> str:
    if not good_password(password, login):
        raise Invalid(
            f"密码至少 {SHORTEST_PASSWORD} 位，且不能包含登录名",
            f"A password has at least {SHORTEST_PASSWORD} characters and does not contain the login",
        )
    return _hasher().hash(password)


async def is_password(password: str, hashed: str | None) -> bool:
    return await asyncio.to_thread(_verify, password, hashed or _nobody()) and hashed is not None


def _verify(password: str, hashed: str) -> bool:
    try:
        return _hasher().verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
