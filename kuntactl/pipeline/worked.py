"""Everything a run made, before anything of it is published."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from kuntactl.assignment.allocate import Assignment
from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import LetterStatus
from kuntactl.errors import KuntactlError
from kuntactl.letters.write import Written
from kuntactl.locale import phrase
from kuntactl.pipeline.assignments import facts_of_assigning, facts_of_contacts
from kuntactl.pipeline.decided import Decided
from kuntactl.pipeline.drift import Drift
from kuntactl.pipeline.request import Request
from kuntactl.pipeline.runfile import facts_of_deciding
from kuntactl.pipeline.totals import Compared
from kuntactl.register.store import Reconciled


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What the steps of one run made, from decisions to letters."""

    decided: Decided
    totals: Compared
    drift: Drift
    coaches: tuple[Coach, ...]
    reconciled: Reconciled
    assignment: Assignment
    contacts: pl.DataFrame  # schema FirstContacts
    due: pl.DataFrame  # schema LettersDue
    written: Written
    new_lines: pl.DataFrame  # schema LettersDone: what is new for letters.csv
    idle: pl.DataFrame  # members who are not served now, as ``idle_members`` returns them
    removals: pl.DataFrame  # files with an address that is secret now, as ``removals`` finds them

    def letters(self) -> dict[str, int]:
        """Return the counts of CONTRACT section 4; ``due`` is the sum of the others.

        Members in the exports to whom nothing is due have had the letter that they would be
        due. Somebody who moves from one area to another is due a letter from both.

        Raises:
            KuntactlError: If a letter is lost or counted twice.
        """
        by_status = dict(self.written.done.get_column("status").value_counts().iter_rows())
        had_all = self.reconciled.members.join(self.due, on="client_id", how="anti").height
        counts = {
            "written": by_status.get(LetterStatus.WRITTEN.value, 0),
            "already_sent": had_all,
            "protected": by_status.get(LetterStatus.PROTECTED.value, 0),
            "undeliverable": by_status.get(LetterStatus.UNDELIVERABLE.value, 0),
        }
        due = self.due.height + had_all
        if sum(counts.values()) != due:
            raise KuntactlError(
                phrase("letters do not add up: {counts}, {due} due", counts=counts, due=due),
                hint=phrase("this is a fault of kuntactl; nothing was written"),
            )
        return {"due": due, **counts}

    def facts(self, request: Request) -> dict[str, Any]:
        """Return what run.json says of the work.

        Raises:
            KuntactlError: If rows or letters do not add up.
        """
        return {
            **facts_of_deciding(request, self.decided),
            **self.totals.facts(),
            "letters": self.letters(),
            "engine": {"stamped": self.written.stamped, "whole": self.written.whole},
            **facts_of_assigning(self.assignment, language=request.language),
            **facts_of_contacts(self.contacts, on=request.on),
            "joined": self.reconciled.joined,
            "stayed": self.reconciled.stayed,
            "left": self.reconciled.left,
            "moved": self.reconciled.moved,
            "absent": self.reconciled.absent,
            "kept_out": self.reconciled.kept_out,
            "reasons": {name: dict(codes) for name, codes in self.reconciled.reasons.items()},
            **self.drift.facts(),
        }

    def remembered(self) -> dict[str, Any]:
        """Return what the register keeps of the run beside its events: counts, no person."""
        return {
            "rows": self.decided.rows(),
            "areas": self.drift.tallies,
            **self.totals.facts(),
        }
