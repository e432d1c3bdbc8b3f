"""Some letters of a batch, with the very bytes that the whole batch gives them."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from kuntactl.letters.engine import Masters, masters_for
from kuntactl.letters.master import pattern_of
from kuntactl.letters.plan import Plan
from kuntactl.letters.press import PrintedLetter, Shard, Task, press_of_process, print_shard
from kuntactl.letters.printing import Job, Printing
from kuntactl.letters.stamp import stamp
from kuntactl.letters.workshop import workshop
from kuntactl.letters.write import shards_of


class SomeLetters:
    """Makes single letters of a batch; which layouts are stamped follows from all of it."""

    def __init__(
        self, planned: Plan, *, templates: Path | None, printing: Printing, workers: int
    ) -> None:
        """Prepare the layouts of the batch.

        Args:
            planned: All the letters of the batch.
            templates: The user's own folder.
            printing: How the batch is printed.
            workers: Processes that prepare layouts.

        Raises:
            SettingsError: If a template is not there.
        """
        self._job = Job(templates=templates, printing=printing)
        self._shards = shards_of(planned)
        with workshop(workers) as shop:
            self._masters: Masters = masters_for(self._shards, self._job, shop)

    def make(self, letter_ids: Collection[str]) -> Iterator[PrintedLetter]:
        """Yield these letters as files of their own, in no certain order.

        Raises:
            LetterError: If a letter cannot be laid out; the message names it.
        """
        for task in self._tasks(letter_ids):
            yield from print_shard(task).letters

    def refused_by_their_layout(self) -> list[str]:
        """Return the letters whose layout is stamped, but whose own texts do not fit into it."""
        press = press_of_process(self._job.templates)
        refused = []
        for shard in self._shards:
            task = self._masters.task(shard, self._job)
            for letter in shard.letters:
                key = task.keys.get(pattern_of(letter)) if task.keys else None
                if key and stamp(press.kept(key, task.masters[key]), letter.fields) is None:
                    refused.append(letter.letter_id)
        return refused

    def _tasks(self, letter_ids: Collection[str]) -> Iterator[Task]:
        wanted = frozenset(letter_ids)
        for shard in self._shards:
            own = tuple(letter for letter in shard.letters if letter.letter_id in wanted)
            if own:
                alone: Shard = replace(shard, letters=own, bundle=None)
                yield self._masters.task(alone, self._job)
