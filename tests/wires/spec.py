"""Second opinions on what is sent and answered: the providers' machine-readable descriptions, and aiogram's models.

The descriptions lie beside the project (`../shared/spec`) and are no part of it: without them their check is skipped.
aiogram finds wrong unions that the description lets pass, the description finds unknown nested fields (platform.md 1.2).
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import aiogram.methods
import aiogram.types
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

Json = dict[str, Any]
SPECS = Path(__file__).resolve().parents[2].parent / "shared" / "spec"
PRIMITIVES: dict[str, type | tuple[type, ...]] = {"Integer": int, "String": str, "Boolean": bool, "Float": (int, float)}


@cache
def _read(name: str) -> Json:
    path = SPECS / name
    return dict(json.loads(path.read_text())) if path.exists() else {}


class TelegramSpec:
    """Checks against `telegram.json` (PaulSonOfLars/telegram-bot-api-spec) and aiogram; every check returns problems."""

    def __init__(self) -> None:
        found = _read("telegram.json")
        self.there = bool(found)
        self._methods: Json = found.get("methods", {})
        self._types: Json = found.get("types", {})

    def request(self, method: str, parameters: Json) -> list[str]:
        """Check the parameters of a call."""
        name = f"{method[0].upper()}{method[1:]}"
        found = _model(getattr(aiogram.methods, name, None), name, parameters)
        if self.there:
            found += self._fields(self._methods.get(method, {}).get("fields", []), parameters, method)
        return found

    def result(self, method: str, value: object) -> list[str]:
        """Check what we answer."""
        return self._any(self._methods[method]["returns"], value, f"{method}()") if self.there else []

    def update(self, update: Json) -> list[str]:
        """Check an update that we push."""
        found = _model(aiogram.types.Update, "Update", update)
        return found + (self._one("Update", update, "update") if self.there else [])

    def _any(self, names: list[str], value: object, at: str) -> list[str]:
        tried = [self._one(name, value, at) for name in names]
        return min(tried, key=len, default=[])

    def _one(self, name: str, value: object, at: str) -> list[str]:
        if name.startswith("Array of "):
            return self._array(name.removeprefix("Array of "), value, at)
        if name in PRIMITIVES:
            good = isinstance(value, PRIMITIVES[name]) and (name == "Boolean" or not isinstance(value, bool))
            return [] if good else [f"{at}: wants {name}, not {value!r}"]
        described = self._types[name]
        if described.get("subtypes"):
            return self._any(described["subtypes"], value, at)
        return self._fields(described.get("fields", []), value, at)

    def _array(self, name: str, value: object, at: str) -> list[str]:
        if not isinstance(value, list):
            return [f"{at}: wants an array, not {value!r}"]
        return [problem for i, one in enumerate(value) for problem in self._one(name, one, f"{at}[{i}]")]

    def _fields(self, fields: list[Json], value: object, at: str) -> list[str]:
        if not isinstance(value, dict):
            return [f"{at}: wants an object, not {value!r}"]
        known = {field["name"]: field for field in fields}
        found = [f"{at}.{name}: unknown" for name in value if name not in known]
        found += [f"{at}.{name}: missing" for name, field in known.items() if field["required"] and name not in value]
        both = [name for name in value if name in known]
        return found + [p for name in both for p in self._any(known[name]["types"], value[name], f"{at}.{name}")]


def _model(model: type[BaseModel] | None, name: str, value: Json) -> list[str]:
    """Ask aiogram."""
    if model is None:
        return [f"aiogram knows no {name}"]
    try:
        model.model_validate(value)
    except ValidationError as error:
        return [f"aiogram: {name}: {one['loc']}: {one['msg']}" for one in error.errors()]
    return []


@cache
def telegram_spec() -> TelegramSpec:
    """Return the check, read once."""
    return TelegramSpec()


class TwilioSpec:
    """Checks against `twilio_api_v2010.json` (twilio/twilio-oai); without it, nothing is found."""

    def __init__(self) -> None:
        found = _without_extras(_read("twilio_api_v2010.json"))
        self.there = bool(found)
        self._schemas: Json = found.get("components", {}).get("schemas", {})
        self._operations = list(_operations(found))
        resource: Resource[Any] = Resource.from_contents(found, default_specification=DRAFT202012)
        registry: Registry[Any] = Registry()
        self._registry = registry.with_resource("urn:twilio", resource)

    def request(self, method: str, path: str, form: Mapping[str, object]) -> list[str]:
        """Check a request; `form` has lists where a field may come more than once."""
        if not self.there:
            return []
        for verb, pattern, schema in self._operations:
            if verb == method and pattern.fullmatch(path):
                return self._form(schema, form)
        return [f"{method} {path}: no such operation"]

    def _form(self, schema: Json, form: Mapping[str, object]) -> list[str]:
        properties = schema.get("properties", {})
        found = [f"{name}: unknown" for name in form if name not in properties]
        known = {name: _typed(properties[name], value) for name, value in form.items() if name in properties}
        return found + self._errors(schema, known)

    def message(self, record: Json) -> list[str]:
        """Check a message record that we answer with."""
        schema = self._schemas.get("api.v2010.account.message", {})
        unknown = [f"{name}: unknown" for name in record if self.there and name not in schema["properties"]]
        return unknown + (self._errors(schema, record) if self.there else [])

    def _errors(self, schema: Json, value: object) -> list[str]:
        validator = Draft202012Validator(schema, registry=self._registry)
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


@cache
def twilio_spec() -> TwilioSpec:
    """Return the check, read once."""
    return TwilioSpec()


def _operations(spec: Json) -> Iterable[tuple[str, re.Pattern[str], Json]]:
    """Yield method, path and form schema of the operations on messages."""
    for path, item in spec.get("paths", {}).items():
        if "/Messages" not in path:
            continue
        pattern = re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)))
        for verb in ("get", "post", "delete"):
            if verb in item:
                content = item[verb].get("requestBody", {}).get("content", {})
                yield verb.upper(), pattern, content.get("application/x-www-form-urlencoded", {}).get("schema", {})


def _typed(schema: Json, value: object) -> object:
    """Return a form value as the type that its schema names, where it can be that."""
    match schema.get("type"):
        case "boolean" if value in ("true", "false"):
            return value == "true"
        case "integer" | "number" if re.fullmatch(r"-?\d+(\.\d+)?", str(value)):
            return float(str(value))
        case "array" if not isinstance(value, list):
            return [value]
    return value


def _without_extras(node: Any) -> Any:
    """Turn OpenAPI 3.0 into plain JSON Schema: `nullable` becomes a type, references get the document's name."""
    if isinstance(node, list):
        return [_without_extras(one) for one in node]
    if not isinstance(node, dict):
        return node
    plain = {k: _without_extras(v) for k, v in node.items() if k not in ("nullable", "example", "examples")}
    if node.get("nullable") is True and isinstance(node.get("type"), str):
        plain["type"] = [node["type"], "null"]
    if isinstance(node.get("$ref"), str):
        plain["$ref"] = f"urn:twilio{node['$ref']}"
    return plain
