"""What becomes of an attempt to send: certainly done, certainly not done, or not known (security.md 3.2)."""

from dataclasses import dataclass

from bot.channels import Ambiguous, ClientGone, Misconfigured, NotSent, Throttled, WindowClosed

# Waits after an attempt that failed or whose outcome is unknown (security.md 3.2): 2 s, 10 s, 1 min, 5 min, then 15 min.
BACKOFF = (2.0, 10.0, 60.0, 300.0, 900.0)
# Trying again does not help until somebody mends the configuration; it is looked at every 15 minutes.
MISCONFIGURED_SECONDS = 900.0
# Twilio reports on what it accepted: a report settles an unknown outcome, if it gets this long (security.md 3.2).
REPORTED = {"whatsapp": 20.0, "sms": 20.0}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`sent`, `later` (at `due`) or `dead`. `lost` says why the client got nothing; an attempt that was only put off by
    somebody's limits does not count as `tried`."""

    status: str
    due: float = 0.0
    external_id: str = ""
    lost: str = ""
    tried: bool = True


def failed(error: NotSent | Ambiguous, channel: str, attempts: int, now: float, *, once: bool) -> Outcome:
    """Return what to do after `error` at the attempt number `attempts`; times are epoch seconds.

    What must not come twice (`once`) is given up as soon as it may have been accepted.
    """
    match error:
        case Throttled(retry_after=seconds):
            return Outcome("later", now + seconds, tried=False)
        case WindowClosed():
            return Outcome("dead", lost="window")
        case ClientGone():
            return Outcome("dead", lost="gone")
        case Misconfigured():
            return Outcome("later", now + MISCONFIGURED_SECONDS)
        case Ambiguous() if once:
            return Outcome("dead")
        case Ambiguous():
            return Outcome("later", now + max(backoff(attempts), REPORTED.get(channel, 0.0)))
    return Outcome("later", now + backoff(attempts))


def backoff(attempts: int) -> float:
    """Return the seconds to wait after the attempt number `attempts`, counted from 1."""
    return BACKOFF[min(attempts, len(BACKOFF)) - 1]
