"""Our letters: one PDF a letter, and their print runs, all costs of `write_letters` included."""

import json
import sys
import time
from pathlib import Path

from letters_due import due_and_facts

from kuntactl.files.staging import staged
from kuntactl.letters.printing import Engine, Printing
from kuntactl.letters.write import write_letters


def main() -> None:
    """Write the letters into a folder; tell how long it took, and how large they are."""
    count, out, engine = int(sys.argv[1]), Path(sys.argv[2]), Engine(sys.argv[3])
    due, facts = due_and_facts(count)
    printing = Printing(engine=engine, clock=time.perf_counter)
    start, start_cpu = time.perf_counter(), time.process_time()
    with staged(out) as staging:
        written = write_letters(due, facts, staging=staging, workers=1, printing=printing)
        staging.publish()
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    files = [path.stat().st_size for path in out.glob("*/letters/*.pdf")]
    runs = [path.stat().st_size for path in out.glob("*/print/*.pdf")]
    assert written.done["status"].to_list() == ["written"] * count
    print(
        json.dumps(
            {
                "seconds": seconds,
                "cpu_seconds": cpu,
                "print_share": written.print_share,
                "letters": len(files),
                "largest": max(files),
                "run_bytes": sum(runs),
                "runs": len(runs),
            }
        )
    )


if __name__ == "__main__":
    main()
