"""The outcome of handling one event."""

from dataclasses import dataclass

from handlers.effects import Effect
from handlers.states import State


@dataclass(frozen=True, slots=True)
class Decision:
    """The state to store and the effects to apply, in order."""

    state: State
    effects: tuple[Effect, ...] = ()
