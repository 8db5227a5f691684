"""`doctor`: what a person still has to do before clients can rely on everything."""

from collections.abc import Iterator
from datetime import date

from knowledge_base.library import Library
from knowledge_base.model import Contact


def findings(library: Library, today: date) -> list[str]:
    """Return one line for each thing that waits for a person: helplines to call, entries to approve or to review again."""
    return [*_helplines(library), *_entries(library, today)]


def _helplines(library: Library) -> Iterator[str]:
    for contact in library.contacts.values():
        if not contact.confirmed:
            shown = "shown to clients" if contact.ready else "not shown"
            yield f"helpline {contact.id}: {contact.number} was not called yet, {shown}; seen {_seen(contact)}"


def _seen(contact: Contact) -> str:
    return f"{contact.year or 'without a year'}, {contact.source}"


def _entries(library: Library, today: date) -> Iterator[str]:
    for entry in library.entries.values():
        if not entry.review.by:
            yield f"entry {entry.id}: awaits approval; read it, then: python -m bot approve {entry.id} --by NAME"
        elif entry.review.is_over(today):
            yield f"entry {entry.id}: was due for review on {entry.review.due}; approve it again"
