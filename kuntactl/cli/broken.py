"""What is wrong with a register, a line each."""

from typing import TYPE_CHECKING

from kuntactl.locale import Phrase, heading

if TYPE_CHECKING:
    from kuntactl.register.proof import Fault

_KINDS = {
    "database": heading("database"),
    "event": heading("event"),
    "run": heading("run"),
    "membership": heading("membership"),
    "letter": heading("letter"),
    "table": heading("table"),
    "file": heading("file"),
}


def fault_line(fault: "Fault") -> Phrase:
    """Return one place where the register contradicts itself."""
    what = _KINDS.get(fault.what, fault.what)
    return heading(
        "{what} {which}: {problem}", what=what, which=fault.which, problem=fault.problem
    )
