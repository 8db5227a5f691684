"""What the sections of the configuration are made of: strict, frozen, and silent about what was given."""

import re
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, SecretStr


class Section(BaseModel):
    """One section; a setting it does not know is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False, hide_input_in_errors=True)


T = TypeVar("T", str, SecretStr)


def form(pattern: str, otherwise: str) -> AfterValidator:
    """Return a validator that refuses what does not match, and says so without repeating it."""

    def check(value: T) -> T:
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError(otherwise)
        return value

    return AfterValidator(check)


_URL, _NO_URL = r"https?://[^\s/]+(/\S*)?", "is no web address; write it like https://example.org"
Url = Annotated[str, form(_URL, _NO_URL)]
UrlOrNone = Annotated[str, form(f"({_URL})?", _NO_URL)]
Origin = Annotated[
    str, form(r"(https?://[^\s/?#]+/?)?", "must be an address without a path, like https://chat.example.org")
]
