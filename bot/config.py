"""Configuration: one frozen value from a TOML file, the environment and secret files; every mistake named at once."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator

from bot.fields import Origin, Section, Url, UrlOrNone, form
from bot.sources import PREFIX, ConfigProblem, Gathered, gather

__all__ = ["WEEKDAYS", "Config", "ConfigProblem", "load", "span"]

DEFAULT_FILE = Path("config.toml")
EXAMPLE = "config.example.toml"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d", re.ASCII)


class Telegram(Section):
    """`[telegram]`. Without a token Telegram is off. `mode` is "polling" or "webhook"."""

    token: Annotated[SecretStr, form(r"\d+:[\w-]+", "is no bot token; copy it again from BotFather")] | None = None
    api_base_url: Url = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    # Bot API, setWebhook: secret_token.
    webhook_secret: (
        Annotated[SecretStr, form(r"[\w-]{1,256}", "must be 1-256 characters of A-Z a-z 0-9 _ -; choose another")]
        | None
    ) = None
    desk_chat_id: int | None = None


class Twilio(Section):
    """`[twilio]`. Without an account both WhatsApp and SMS are off."""

    account_sid: str = ""
    auth_token: SecretStr | None = None
    whatsapp_from: Annotated[str, form(r"(whatsapp:\+\d{5,15})?", 'must be like "whatsapp:+254700000001"')] = ""
    # An E.164 number, a short code, or a sender name of at most 11 characters.
    sms_from: Annotated[
        str, form(r"(\+\d{5,15}|\d{3,8}|[A-Za-z0-9 ]{1,11})?", 'must be like "+254700000001", a short code or a name')
    ] = ""
    reply_template: Annotated[str, form("(HX[0-9a-f]{32})?", 'must be "HX" and 32 characters of 0-9 a-f')] = ""
    api_base_url: UrlOrNone = ""


class Web(Section):
    """`[web]`: where the server listens, and the address that the outside world uses."""

    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: Origin = ""
    leave_url: Url = "https://www.wikipedia.org/"

    @field_validator("public_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        return value.rstrip("/")


class DatabaseSection(Section):
    """`[database]`: an SQLite file (`sqlite:///data/msiri.db`) or `postgresql://…`. A password may be in it: no repr."""

    url: str = Field(default="sqlite:///data/msiri.db", repr=False)


class Keys(Section):
    """`[keys]`: `file:<path>` (made 0600 by `migrate`) or `passphrase` (asked, or from `passphrase_file`)."""

    source: Annotated[str, form("passphrase|file:.+", 'must be "passphrase" or "file:<path>"')] = "file:data/root.key"
    keyring: Path = Path("data/keyring.json")
    passphrase: SecretStr | None = None


class Desk(Section):
    """`[desk]`: the counselors, and their Telegram group, which with `content = false` gets notices only.

    A counselor has at most `load_cap` open cases, and a client
    hears that nobody answers after `reply_minutes`.
    """

    content: bool = False
    opens: time = time(8)
    load_cap: int = Field(default=6, ge=1, le=50)
    reply_minutes: int = Field(default=10, ge=1, le=240)


class Knowledge(Section):
    """`[knowledge]`: a folder with a sentence model (the extra msiri[semantic]); empty for none."""

    semantic_model: str = ""


class Organisation(Section):
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


class ServiceSection(Section):
    """`[[clinic.services]]`: what can be booked."""

    id: Annotated[str, form("[a-z0-9-]{1,24}", "must be 1-24 characters of a-z 0-9 -")]
    en: str = Field(min_length=1, max_length=24)
    sw: str = Field(min_length=1, max_length=24)
    minutes: int = Field(ge=5, le=480)
    seats: int = Field(default=1, ge=1, le=50)


class Clinic(Section):
    """`[clinic]`: neutral name and place, what answers tell of it, hours by weekday (`mon = ["08:00-17:00"]`), days off, services."""

    name: str = "the clinic"
    place: str = "the clinic"
    prices_en: str = Field(default="", max_length=120)
    prices_sw: str = Field(default="", max_length=120)
    stock_en: str = Field(default="", max_length=120)
    stock_sw: str = Field(default="", max_length=120)
    pep_at_night: str = Field(default="", max_length=120)
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


class Config(Section):
    """All of config.toml."""

    telegram: Telegram = Telegram()
    twilio: Twilio = Twilio()
    web: Web = Web()
    database: DatabaseSection = DatabaseSection()
    keys: Keys = Keys()
    desk: Desk = Desk()
    organisation: Organisation = Organisation()
    knowledge: Knowledge = Knowledge()
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
    found = gather(file or (DEFAULT_FILE if DEFAULT_FILE.exists() else None), environ)
    mistakes = [*found.mistakes, *_wanting(found)]
    try:
        config = Config.model_validate(found.values)
    except ValidationError as error:
        mistakes[:0] = (_explain(detail, found) for detail in error.errors(include_url=False, include_input=False))
    if mistakes:
        raise ConfigProblem("\n".join(mistakes))
    return config


def _wanting(found: Gathered) -> Iterator[str]:
    for section, key, value, needed in _NEEDS:
        on = found.has(section, key) and value in (None, found.values.get(section, {}).get(key))
        if on and (wanting := [f"[{other}] {name}" for other, name in needed if not found.has(other, name)]):
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
