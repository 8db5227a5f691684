"""How a message looks to a page's template and script: one form for both, so that live and reloaded are the same."""

from typing import Any

from bot.store.webchat import Shown
from bot.web.words import words
from handlers import choices


def view(number: int, author: str, text: str, **more: Any) -> dict[str, Any]:
    """Return a message; `who` is read to those who do not see which side it stands on, `name` is shown."""
    blank = {"who": "", "name": "", "choices": [], "note": "", "failed": False}
    return {"id": number, "author": author, "text": text, **blank, **more}


def shown(one: Shown) -> dict[str, Any]:
    """Return a message of the client's page; talking to a person is its last choice."""
    letter = one.letter
    who = words("")("you" if one.author == "client" else "bot")
    offered = sorted(letter.choices, key=lambda choice: choice.id == choices.COUNSELOR)
    labels = [{"id": choice.id, "label": choice.label} for choice in offered]
    return view(one.id, one.author, letter.text, who="" if letter.author else who, name=letter.author, choices=labels)


def greeting() -> list[dict[str, Any]]:
    """Return the first screen, before anything was said: no language is known yet, so it has both."""
    word = words("")
    offered = [{"id": one.id, "label": one.label} for one in choices.languages()]
    offered.append({"id": choices.COUNSELOR, "label": word("person")})
    text = "\n".join(words(lang)("greeting") for lang in ("sw", "en"))
    screen = "\n".join(words(lang)("screen") for lang in ("sw", "en"))
    return [view(0, "bot", text, who=word("bot"), choices=offered), view(0, "note", screen, who=word("bot"))]
