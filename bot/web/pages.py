"""Templates and static files, with every value escaped."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.web.words import words

STATIC = Path(__file__).parent / "static"
_TEMPLATES = Environment(
    loader=PackageLoader("bot.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


def page(name: str, lang: str, values: Mapping[str, Any] | None = None, status: int = 200) -> HTMLResponse:
    """Return the template `name`, filled with `values`; its own words are in `lang`, in both languages when that is ""."""
    return HTMLResponse(_TEMPLATES.get_template(name).render(lang=lang, w=words(lang), **(values or {})), status)
