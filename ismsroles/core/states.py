"""State tables: the legal moves of a thing, in one place, so that every state × verb pair can be tested."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ismsroles.core.errors import WrongState


@dataclass(frozen=True)
class StateTable:
    """`moves` maps (state, verb) to the next state; whatever is not listed is refused."""

    name: str
    moves: dict[tuple[str, str], str]

    def move(self, state: str, verb: str) -> str:
        """The state after `verb`; raises WrongState when that move does not exist."""
        try:
            return self.moves[state, verb]
        except KeyError:
            raise WrongState(
                _(
                    "This was already decided or changed: it is “%(state)s” now, so it cannot be “%(verb)s”. Nothing was done."
                )
                % {"state": state, "verb": verb}
            ) from None

    def allows(self, state: str, verb: str) -> bool:
        """Whether the move exists."""
        return (state, verb) in self.moves

    @property
    def states(self) -> set[str]:
        """Every state that the table knows."""
        return {state for state, _verb in self.moves} | set(self.moves.values())

    @property
    def verbs(self) -> set[str]:
        """Every verb that the table knows."""
        return {verb for _state, verb in self.moves}
