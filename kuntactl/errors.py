"""The errors that people see, each with its exit code."""

from enum import IntEnum
from typing import ClassVar

from kuntactl.locale import Phrase


class ExitCode(IntEnum):
    """What the shell is told when kuntactl ends."""

    DONE = 0
    FAILURE = 1  # a bug
    USAGE = 2  # the command line cannot be parsed
    INPUT = 10  # an export, a coaches file or an answer is missing, unreadable or wrong
    SETTINGS = 11  # area, rule set, profile, template or day that does not fit
    REGISTER = 12
    LETTERS = 13
    DELIVERY = 14
    WAITING = 20  # done, and something new waits for a person
    BUSY = 75  # another run holds the register


class KuntactlError(Exception):
    """Base of the errors shown as one sentence, without a traceback."""

    exit_code: ClassVar[ExitCode] = ExitCode.FAILURE

    def __init__(self, problem: Phrase, *, hint: Phrase | None = None) -> None:
        """Say what is wrong and where, and in ``hint`` what to do now.

        Neither may hold a name, an address, an identity code or contact data.
        """
        super().__init__(problem)
        self.problem = problem
        self.hint = hint


class InputError(KuntactlError):
    """A file that was handed in cannot be read or does not have the shape it must have."""

    exit_code = ExitCode.INPUT


class SettingsError(KuntactlError):
    """An area, rule set, profile, template or day does not exist or does not fit."""

    exit_code = ExitCode.SETTINGS


class RegisterError(KuntactlError):
    """The register cannot be opened, read or written."""

    exit_code = ExitCode.REGISTER


class RegisterBusyError(KuntactlError):
    """Another run holds the register."""

    exit_code = ExitCode.BUSY


class LetterError(KuntactlError):
    """A letter cannot be laid out as it must be."""

    exit_code = ExitCode.LETTERS


class DeliveryError(KuntactlError):
    """What was made cannot be put where it belongs."""

    exit_code = ExitCode.DELIVERY
