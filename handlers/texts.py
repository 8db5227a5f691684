"""Every sentence of the bot, from locales/<language>.ftl (Project Fluent). A test keeps keys and variables equal."""

from functools import cache
from importlib.resources import files

from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("en", "sw")
# Staff read notices in this language until they can choose.
_OF_STAFF = "en"


@cache
def _bundle(lang: str) -> FluentBundle:
    # Isolation marks would count as characters in an SMS and show as boxes on old phones.
    bundle = FluentBundle([lang], use_isolating=False)
    source = files("handlers").joinpath("locales").joinpath(f"{lang}.ftl").read_text("utf-8")
    bundle.add_resource(FluentResource(source))
    return bundle


def say(lang: str, key: str, **values: str | int) -> str:
    """Return the sentence `key` in `lang` with `values` filled in.

    Raises LookupError when the sentence or one of its variables is missing, which the tests rule out for every key.
    """
    bundle = _bundle(lang)
    pattern = bundle.get_message(key).value
    text, problems = bundle.format_pattern(pattern, values) if pattern else ("", [LookupError("is empty")])
    if problems:
        raise LookupError(f"{lang}.ftl: {key}: {problems[0]}")
    return str(text)


def to_staff(key: str, **values: str | int) -> str:
    """Return the sentence `key` as the desk and the case's own record have it; raises what `say` raises."""
    return say(_OF_STAFF, key, **values)
