"""Where settings come from: a TOML file, the environment, and files that hold one secret each."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

PREFIX = "MSIRI_"
# Variables for the tests, such as MSIRI_TEST_POSTGRES, are not settings.
NOT_SETTINGS = f"{PREFIX}TEST_"
FROM_FILE = "_file"
HOW = f"write key = value under a [section], or {PREFIX}SECTION__KEY in the environment"


class ConfigProblem(Exception):
    """The configuration cannot be used; the text has a sentence for each mistake, naming place and remedy."""


class Setting(NamedTuple):
    """One setting as it was found, and the place to name when it is wrong."""

    place: str
    section: str
    key: str
    value: Any


@dataclass
class Gathered:
    """All settings by section and key, the place each came from, and what is wrong with finding them."""

    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)

    def begin(self, section: Setting) -> None:
        """Take a section's heading, which holds nothing itself."""
        if isinstance(section.value, dict):
            self.places[section.section, ""] = section.place
            self.values.setdefault(section.section, {})
        else:
            self.refuse(section, f"is no setting; {HOW}")

    def add(self, setting: Setting) -> None:
        """Take a setting; one that came earlier under the same name gives way."""
        self.places.setdefault((setting.section, ""), setting.place)
        self.places[setting.section, setting.key] = setting.place
        self.values.setdefault(setting.section, {})[setting.key] = setting.value

    def refuse(self, setting: Setting, sentence: str) -> None:
        """Note a mistake. The setting counts as given, so that nothing else complains of its absence."""
        self.places[setting.section, setting.key] = setting.place
        self.mistakes.append(f"{setting.place}: {sentence}")

    def has(self, section: str, key: str) -> bool:
        """Return whether a setting was given, and not as nothing."""
        return (section, key) in self.places and self.values.get(section, {}).get(key) != ""


def gather(file: Path | None, environ: Mapping[str, str]) -> Gathered:
    """Return what `file` and the environment say; the environment wins. Raises `ConfigProblem` for an unreadable file."""
    found = Gathered()
    for layer in (list(_of_file(file)), list(_of_environment(environ))):
        _take(found, layer)
    return found


def _take(found: Gathered, layer: list[Setting]) -> None:
    """Add one layer. A name ending in `_file` gives the content of that file; together with the plain name it is a mistake."""
    plain = {(setting.section, setting.key) for setting in layer}
    for setting in layer:
        named = setting._replace(key=setting.key.removesuffix(FROM_FILE))
        if not setting.key:
            found.begin(setting)
        elif named == setting:
            found.add(setting)
        elif (named.section, named.key) in plain:
            found.refuse(named, f"{named.key} is given, too; keep one of the two")
        else:
            _read_secret(found, named)


def _read_secret(found: Gathered, setting: Setting) -> None:
    try:
        found.add(setting._replace(value=Path(str(setting.value)).read_text("utf-8").strip()))
    except (OSError, ValueError):  # ValueError: not UTF-8, or a path with a NUL
        found.refuse(setting, f"{setting.value} cannot be read; create it or correct the path")


def _of_file(file: Path | None) -> Iterator[Setting]:
    for section, part in (_read(file) if file else {}).items():
        is_section = isinstance(part, dict)
        yield Setting(f"{file}: [{section}]" if is_section else f"{file}: {section}", section, "", part)
        for key, value in part.items() if is_section else ():
            yield Setting(f"{file}: [{section}] {key}", section, key, value)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError:
        raise ConfigProblem(f"{file}: cannot be read; give an existing file with --config") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigProblem(f"{file}: is not TOML ({error}); compare it with config.example.toml") from None
    except (ValueError, RecursionError):
        raise ConfigProblem(f"{file}: is not TOML in UTF-8; compare it with config.example.toml") from None


def _of_environment(environ: Mapping[str, str]) -> Iterator[Setting]:
    """Yield the settings among the variables: `MSIRI_TELEGRAM__TOKEN` is `[telegram] token`."""
    for name, value in sorted(environ.items()):
        if name.startswith(PREFIX) and not name.startswith(NOT_SETTINGS):
            section, _, key = name.removeprefix(PREFIX).lower().partition("__")
            yield Setting(name, section, key, value)
