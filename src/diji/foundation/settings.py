"""Every setting there is, read from the environment once and checked at boot."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """`DIJI_HOST=0.0.0.0` sets `host`, and so on; `diji settings` lists them with their values."""

    model_config = SettingsConfigDict(env_prefix="DIJI_", extra="ignore")

    home: Path = Field(
        Path("~/.diji"), description="folder that holds all data of this installation"
    )
    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8710, ge=1, le=65535, description="port to listen on")
    database_url: str | None = Field(
        None, description="postgresql://…; without it SQLite in DIJI_HOME is used"
    )
    data: Path | None = Field(None, description="folder of public data sets, for training only")
    run_worker: bool = Field(
        default=True, description="run reactions, outbox and timers in this process"
    )
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="log level")
    log_json: bool = Field(default=False, description="write logs as JSON lines")
    secure_cookies: bool = Field(default=False, description="send cookies over HTTPS only")
    trusted_proxies: str = Field(
        "127.0.0.1", description="proxies whose X-Forwarded-For is believed"
    )

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @field_validator("database_url")
    @classmethod
    def _postgres_only(cls, url: str | None) -> str | None:
        if url and not url.startswith(("postgresql://", "postgres://")):
            msg = "DIJI_DATABASE_URL must begin with postgresql://"
            raise ValueError(msg)
        return url or None


class BadSettings(Exception):
    """The environment holds a setting that makes no sense; the text names it."""


def load_settings() -> Settings:
    try:
        return Settings()  # type: ignore[call-arg]  # pydantic-settings fills it from the environment
    except ValidationError as error:
        lines = [f"DIJI_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
        raise BadSettings("\n".join(lines)) from None


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    return load_settings()
