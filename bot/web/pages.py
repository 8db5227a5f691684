"""Templates and static files, with every value escaped."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

STATIC = Path(__file__).parent / "static"
_TEMPLATES = Environment(loader=PackageLoader("bot.web"), autoescape=True, undefined=StrictUndefined)


def page(name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Return the template `name` as an answer."""
    return HTMLResponse(_TEMPLATES.get_template(name).render(**values), status)
