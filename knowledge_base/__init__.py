"""What Msiri knows: entries, and the way from a short messy question to one of them. Pure: no I/O but its own files."""

from knowledge_base.index import Index
from knowledge_base.model import Answer, Contact, Entry, Match, Phrasing, Source, Urgency

__all__ = ["Answer", "Contact", "Entry", "Index", "Match", "Phrasing", "Source", "Urgency"]
