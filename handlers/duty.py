"""What is due for a handover at a given time. Its hours come from its row, so that a restart forgets nothing."""

from enum import Enum

from handlers.facts import Case, Former

MINUTE, HOUR = 60.0, 3600.0
# How grave a reason is; the queue goes by it, then by age. What is not named here is 0.
SEVERITY = {
    "suicide": 3,
    "medical-emergency": 3,
    "sexual-violence": 3,
    "partner-violence": 3,
    "child-abuse": 3,
    "arrest": 2,
    "blackmail": 2,
    "pep-window": 2,
}
HEAVY = 3
# A receipt is waited for this long; then another person is told.
RECEIPT_SECONDS = 5 * MINUTE
# When nobody writes for so long, the talk is over.
SILENCE_SECONDS = 12 * HOUR
# Whoever comes back within this time comes back to the same counselor.
REOPEN_SECONDS = 48 * HOUR
# After the third round the lead hears of an urgent case again and again.
REPEAT_SECONDS = 30 * MINUTE


class Due(Enum):
    """What time has brought: an alert to an audience, or the end of somebody's turn to answer."""

    SHIFT = "shift"
    ALL = "all"
    LEAD = "lead"
    SECOND = "second"
    UNANSWERED = "unanswered"
    LEFT = "left"
    SILENT = "silent"


# Rounds of alerts in one wait: the first comes with the case itself.
ROUNDS = ((0.0, Due.SHIFT), (5 * MINUTE, Due.SHIFT), (15 * MINUTE, Due.ALL), (30 * MINUTE, Due.LEAD))


def severity(reason: str) -> int:
    """Return how grave a reason is, from 0 (asked for a person) to 3 (a life is in danger)."""
    return SEVERITY.get(reason, 0)


def heavy(reason: str) -> bool:
    """Return whether a talk about this should be followed by one with the lead."""
    return severity(reason) >= HEAVY


def due(case: Case, now: float, reply_seconds: float) -> Due | None:
    """Return what is due first for an open handover at `now` (epoch seconds), None when nothing is."""
    return _taken(case, now, reply_seconds) if case.counselor else _waiting(case, now)


def _taken(case: Case, now: float, reply_seconds: float) -> Due | None:
    hours = case.hours
    if hours.left:
        return Due.LEFT
    if hours.owed is not None and hours.owed + reply_seconds <= now:
        return Due.UNANSWERED
    return Due.SILENT if hours.spoke + SILENCE_SECONDS <= now else None


def _waiting(case: Case, now: float) -> Due | None:
    hours = case.hours
    unseen = hours.alerted is not None and not hours.seen and not hours.second
    if unseen and (hours.alerted or 0.0) + RECEIPT_SECONDS <= now:
        return Due.SECOND
    after, audience = _next(case)
    return audience if audience and hours.since + after <= now else None


def _next(case: Case) -> tuple[float, Due | None]:
    """Return the next round of alerts: how long after the wait began, and to whom."""
    rounds = case.hours.rounds
    if rounds < len(ROUNDS):
        return ROUNDS[rounds]
    again = ROUNDS[-1][0] + REPEAT_SECONDS * (rounds - len(ROUNDS) + 1)
    return again, Due.LEAD if severity(case.reason) else None


def same_counselor(former: Former | None, now: float, away: frozenset[str]) -> str:
    """Return the alias of the counselor to whom a client comes back, "" when the queue decides."""
    if former is None or former.counselor in away or former.closed + REOPEN_SECONDS < now:
        return ""
    return former.counselor
