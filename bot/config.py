"""Configuration: one frozen value from a TOML file, the environment and secret files; every mistake named at once."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
)

PREFIX = "MSIRI_"
DEFAULT_FILE = Path("config.toml")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class ConfigProblem(Exception):
    """The configuration cannot be used; the text is one sentence (a line for each mistake) naming place and remedy."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False, hide_input_in_errors=True)


class Telegram(_Section):
    """`[telegram]`. Without a token Telegram is off. `mode` is "polling" or "webhook"."""

    token: SecretStr | None = None
    api_base_url: str = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_secret: SecretStr | None = None
    desk_chat_id: int | None = None


class Twilio(_Section):
    """`[twilio]`. Without an account both WhatsApp and SMS are off."""

    account_sid: str = ""
    auth_token: SecretStr | None = None
    whatsapp_from: str = ""
    sms_from: str = ""
    api_base_url: str = ""


class Web(_Section):
    """`[web]`: where the server listens, and the address that the outside world uses."""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: str = ""
    leave_url: str = "https://www.wikipedia.org/"

    @field_validator("public_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        return value.rstrip("/")


class DatabaseSection(_Section):
    """`[database]`: an SQLite file (`sqlite:///data/msiri.db`) or `postgresql://…`."""

    url: str = "sqlite:///data/msiri.db"


class Keys(_Section):
    """`[keys]`: `file:<path>` (made 0600 by `migrate`) or `passphrase` (asked, or from `passphrase_file`)."""

    source: str = "file:data/root.key"
    keyring: Path = Path("data/keyring.json")
    passphrase: SecretStr | None = None

    @field_validator("source")
    @classmethod
    def _known(cls, value: str) -> str:
        if value != "passphrase" and not (value.startswith("file:") and len(value) > 5):
            raise ValueError('must be "passphrase" or "file:<path>"')
        return value


class Desk(_Section):
    """`[desk]`: the counselors' Telegram group. With `content = false` it gets notices only."""

    content: bool = False
    opens: time = time(8)


class Organisation(_Section):
    """`[organisation]`: the name the bot gives, its time zone, and the language to begin with."""

    name: str = "this organisation"
    timezone: str = "Africa/Nairobi"

    @field_validator("timezone")
    @classmethod
    def _exists(cls, value: str) -> str:
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("is no time zone; use a name like Africa/Nairobi") from None
        return value


class ServiceSection(_Section):
    """`[[clinic.services]]`: what can be booked."""

    id: str = Field(pattern=r"^[a-z0-9-]{1,24}$")
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
        for day, span_list in value.items():
            if day not in WEEKDAYS:
                raise ValueError(f"{day!r} is no weekday; use {', '.join(WEEKDAYS)}")
            list(map(span, span_list))
        return value


def span(text: str) -> tuple[time, time]:
    """Return the two ends of "08:00-17:00"; raises ValueError."""
    opens, _, closes = text.partition("-")
    try:
        ends = time.fromisoformat(opens.strip()), time.fromisoformat(closes.strip())
    except ValueError:
        raise ValueError(f'{text!r} is no span of time; write it like "08:00-17:00"') from None
    if ends[0] >= ends[1]:
        raise ValueError(f"{text!r} ends before it begins")
    return ends


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


def load(file: Path | None, environ: Mapping[str, str] = os.environ) -> Config:
    """Return the configuration; raises `ConfigProblem` naming every mistake.

    Order of precedence: environment (`MSIRI_TELEGRAM__TOKEN`), then `<name>_file` entries, then the file, then defaults.
    """
    where = file or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)
    raw = _merge(_read(where) if where else {}, _environment(environ))
    try:
        return Config.model_validate(_with_files(raw))
    except ValidationError as error:
        lines = (_explain(detail, where) for detail in error.errors(include_url=False, include_input=False))
        raise ConfigProblem("\n".join(lines)) from None


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError:
        raise ConfigProblem(f"{file}: cannot be read; give an existing file with --config") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigProblem(f"{file}: is not TOML ({error}); compare it with config.example.toml") from None


def _environment(environ: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in environ.items():
        section, separator, key = name.removeprefix(PREFIX).lower().partition("__")
        if name.startswith(PREFIX) and separator:
            found.setdefault(section, {})[key] = value
    return found


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for section, values in above.items():
        under = below.get(section, {})
        merged[section] = {**under, **values} if isinstance(under, dict) else values
    return merged


def _with_files(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: dict(_opened(name, part)) if isinstance(part, dict) else part for name, part in raw.items()}


def _opened(section: str, part: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the values of a section, those named `<key>_file` read from their files."""
    for key, value in part.items():
        if key.endswith("_file"):
            yield key.removesuffix("_file"), _secret(section, key, value)
        elif f"{key}_file" not in part:
            yield key, value


def _secret(section: str, key: str, path: object) -> str:
    try:
        return Path(str(path)).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigProblem(f"[{section}] {key}: {path} cannot be read; create it or correct the path") from None


def _explain(detail: Any, file: Path | None) -> str:
    section, *rest = (str(part) for part in detail["loc"])
    key = ".".join(rest)
    what = detail["msg"].removeprefix("Value error, ")
    if detail["type"] == "extra_forbidden":
        what = "is not a known setting; correct or remove it (config.example.toml lists all)"
    return f"{file or 'environment'}: [{section}] {key}: {what}".replace(" : ", ": ")
