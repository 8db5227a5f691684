"""Forms, read within the body limit."""

from urllib.parse import parse_qsl

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from bot.web.security import BODY_LIMIT, body_of

FIELDS = 100


async def form_of(request: Request, limit: int = BODY_LIMIT) -> FormData:
    """Return the fields of an url-encoded form, blanks included; an undecodable body gives an empty form.

    Raises `TooLarge`.
    """
    body = await body_of(request, limit)
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError:
        return FormData()
    return FormData(list[tuple[str, str | UploadFile]](pairs))


def text_field(form: FormData, name: str) -> str:
    """Return a field as text, "" when it is missing."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
