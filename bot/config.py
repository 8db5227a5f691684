"""Configuration: one frozen value from a TOML file, the environment and secret files; every mistake named at once."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from bot.sources import PREFIX, ConfigProblem, Gathered, gather

__all__ = ["WEEKDAYS", "Config", "ConfigProblem", "load", "span"]

DEFAULT_FILE = Path("config.toml")
EXAMPLE = "config.example.toml"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", re.ASCII)


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False, hide_input_in_errors=True)


T = TypeVar("T", str, SecretStr)


def _form(pattern: str, otherwise: str) -> AfterValidator:
    """Return a validator that refuses what does not match, and says so without repeating it."""

    def check(value: T) -> T:
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError(otherwise)
        return value

    return AfterValidator(check)


_URL, _NO_URL = r"https?://[^\s/]+(/\S*)?", "is no web address; write it like https://example.org"
_Url = Annotated[str, _form(_URL, _NO_URL)]
_UrlOrNone = Annotated[str, _form(f"({_URL})?", _NO_URL)]
_Origin = Annotated[
    str, _form(r"(https?://[^\s/?#]+/?)?", "must be an address without a path, like https://chat.example.org")
]


class Telegram(_Section):
    """`[telegram]`. Without a token Telegram is off. `mode` is "polling" or "webhook"."""

    token: Annotated[SecretStr, _form(r"\d+:[\w-]+", "is no bot token; copy it again from BotFather")] | None = None
    api_base_url: _Url = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    # Bot API, setWebhook: secret_token.
    webhook_secret: (
        Annotated[SecretStr, _form(r"[\w-]{1,256}", "must be 1-256 characters of A-Z a-z 0-9 _ -; choose another")]
        | None
    ) = None
    desk_chat_id: int | None = None


class Twilio(_Section):
    """`[twilio]`. Without an account both WhatsApp and SMS are off."""

    account_sid: str = ""
    auth_token: SecretStr | None = None
    whatsapp_from: Annotated[str, _form(r"(whatsapp:\+\d{5,15})?", 'must be like "whatsapp:+254700000001"')] = ""
    sms_from: Annotated[
        str, _form(r"(\+\d{5,15}|\d{3,8}|[A-Za-z0-9 ]{1,11})?", 'must be like "+254700000001", a short code or a name')
    ] = ""
    reply_template: Annotated[str, _form("(HX[0-9a-f]{32})?", 'must be "HX" and 32 characters of 0-9 a-f')] = ""
    api_base_url: _UrlOrNone = ""


class Web(_Section):
    """`[web]`: where the server listens, and the address that the outside world uses."""

    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: _Origin = ""
    leave_url: _Url = "https://www.wikipedia.org/"

    @field_validator("public_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        return value.rstrip("/")


class DatabaseSection(_Section):
    """`[database]`: an SQLite file (`sqlite:///data/msiri.db`) or `postgresql://…`. A password may be in it: no repr."""

    url: str = Field(default="sqlite:///data/msiri.db", repr=False)


class Keys(_Section):
    """`[keys]`: `file:<path>` (made 0600 by `migrate`) or `passphrase` (asked, or from `passphrase_file`)."""

    source: Annotated[str, _form("passphrase|file:.+", 'must be "passphrase" or "file:<path>"')] = "file:data/root.key"
    keyring: Path = Path("data/keyring.json")
    passphrase: SecretStr | None = None


class Desk(_Section):
    """`[desk]`: the counselors' Telegram group. With `content = false` it gets notices only."""

    content: bool = False
    opens: time = time(8)


class Organisation(_Section):
    """`[organisation]`: the name the bot gives, its time zone, and the language to begin with."""

    name: str = Field(default="this organisation", min_length=1)
    timezone: str = "Africa/Nairobi"

    @field_validator("timezone")
    @classmethod
    def _exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("is no time zone; use a name like Africa/Nairobi") from None
        return value


class ServiceSection(_Section):
    """`[[clinic.services]]`: what can be booked."""

    id: Annotated[str, _form("[a-z0-9-]{1,24}", "must be 1-24 characters of a-z 0-9 -")]
    en: str = Field(min_length=1, max_length=24)
    sw: str = Field(min_length=1, max_length=24)
    minutes: int = Field(ge=5, le=480)
    seats: int = Field(default=1, ge=1, le=50)


class Clinic(_Section):
    """`[clinic]`: its neutral name and place, opening hours by weekday (`mon = ["08:00-17:00"]`), days off, services."""

    name: str = "the clinic"
    place: str = "the clinic"
    hours: dict[str, list[str]] = Field(default_factory=dict)
    closed: list[date] = Field(default_factory=list)
    services: list[ServiceSection] = Field(default_factory=list)

    @field_validator("hours")
    @classmethod
    def _readable(cls, value: dict[str, list[str]]) -> dict[str, list[str]]:
        if wrong := [sentence for day, spans in value.items() for sentence in _wrong_hours(day, spans)]:
            raise ValueError("; ".join(wrong))
        return value

    @field_validator("services")
    @classmethod
    def _distinct(cls, value: list[ServiceSection]) -> list[ServiceSection]:
        if len({service.id for service in value}) < len(value):
            raise ValueError("two have the same id; give each its own")
        return value


def _wrong_hours(day: str, spans: Sequence[str]) -> Iterator[str]:
    if day not in WEEKDAYS:
        yield f"{day!r} is no weekday; use {', '.join(WEEKDAYS)}"
    try:
        found = sorted(map(span, spans))
    except ValueError as error:
        yield str(error)
        return
    if any(later[0] < earlier[1] for earlier, later in pairwise(found)):
        yield f"{day} has hours that overlap; write them one after the other"


def span(text: str) -> tuple[time, time]:
    """Return the two ends of "08:00-17:00"; raises ValueError."""
    if not _SPAN.fullmatch(text):
        raise ValueError(f'{text!r} is no span of time; write it like "08:00-17:00"')
    opens, closes = map(time.fromisoformat, text.split("-"))
    if opens >= closes:
        raise ValueError(f"{text!r} ends before it begins; turn it round or split it at midnight")
    return opens, closes


class Config(_Section):
    """All of config.toml."""

    telegram: Telegram = Telegram()
    twilio: Twilio = Twilio()
    web: Web = Web()
    database: DatabaseSection = DatabaseSection()
    keys: Keys = Keys()
    desk: Desk = Desk()
    organisation: Organisation = Organisation()
    clinic: Clinic = Clinic()


# A setting that is on (when it has this value; None: any) is of no use without the others.
_NEEDS: tuple[tuple[str, str, str | None, tuple[tuple[str, str], ...]], ...] = (
    ("telegram", "mode", "webhook", (("telegram", "token"), ("telegram", "webhook_secret"), ("web", "public_url"))),
    ("telegram", "desk_chat_id", None, (("telegram", "token"),)),
    ("twilio", "account_sid", None, (("twilio", "auth_token"), ("web", "public_url"))),
    ("twilio", "auth_token", None, (("twilio", "account_sid"),)),
)


def load(file: Path | None, environ: Mapping[str, str] = os.environ) -> Config:
    """Return the configuration; raises `ConfigProblem` naming every mistake.

    The environment (`MSIRI_TELEGRAM__TOKEN`, `MSIRI_TELEGRAM__TOKEN_FILE`) goes before the file, the file before the
    defaults. In both a name ending in `_file` is replaced by what that file holds.
    """
    where = file or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)
    found = gather(where, environ)
    mistakes = [*found.mistakes, *_wanting(found)]
    try:
        config = Config.model_validate(found.values)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        mistakes = [*(_explain(detail, found) for detail in details), *mistakes]
    if mistakes:
        raise ConfigProblem("\n".join(mistakes))
    return config


def _wanting(found: Gathered) -> Iterator[str]:
    for section, key, value, needed in _NEEDS:
        on = found.has(section, key) and value in (None, found.values.get(section, {}).get(key))
        wanting = [f"[{other}] {name}" for other, name in needed if not found.has(other, name)]
        if on and wanting:
            yield f"{found.places[section, key]}: needs {' and '.join(wanting)}, too; set what is missing"


def _explain(detail: Any, found: Gathered) -> str:
    """Return one sentence for one of pydantic's errors; what was given is never in it."""
    section, key, *inner = (*map(str, detail["loc"]), "")
    place = found.places.get((section, key), f"[{section}]")
    within = f" {'.'.join(inner[:-1])}" if inner[:-1] else ""
    return f"{place}{within}: {_sentence(str(detail['type']), str(detail['msg']), place)}"


def _sentence(kind: str, said: str, place: str) -> str:
    if kind == "extra_forbidden":
        return f"is not a known setting; correct or remove it ({EXAMPLE} lists all)"
    if kind in ("list_type", "dict_type") and place.startswith(PREFIX):
        return f"cannot be set by the environment; write it into the configuration file as {EXAMPLE} shows"
    if kind == "value_error":
        return said.removeprefix("Value error, ")
    what = "must be a path" if kind == "path_type" else f"{said[0].lower()}{said[1:]}"
    return f"{what}; {EXAMPLE} shows how it is written"
