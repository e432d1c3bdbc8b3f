"""Bytes thrown at one part of kuntactl for some seconds, led by what they reach in its code.

Usage: tools/fuzz.py csv|profile|area|stamp SECONDS [FOLDER]
What breaks a promise is left in FOLDER (build/fuzz when left out), and the exit code is not 0.
"""

import shutil
import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
_LONGEST = 8_192  # bytes of one try
_SLOWEST = 60  # seconds of one try
_INSTRUMENTED = ["kuntactl", "tomllib"]

with atheris.instrument_imports(include=_INSTRUMENTED):
    from fuzz_targets import SEEDS, TARGETS


def main(target: str, seconds: str, folder: str = "build/fuzz") -> None:
    """Try bytes at the target until the time is over, or one try breaks a promise."""
    found = (ROOT / folder / target).resolve()
    corpus = found / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in sorted((SEEDS / target).iterdir()):
        shutil.copy(seed, corpus)
    words = [
        *(sys.argv[0], f"-max_total_time={seconds}", f"-max_len={_LONGEST}"),
        *(f"-timeout={_SLOWEST}", f"-artifact_prefix={found}/", "-print_final_stats=1"),
        # Python's own leaks are not ours, and fonts alone are larger than the usual limit.
        *("-detect_leaks=0", "-rss_limit_mb=4096", str(corpus)),
    ]
    atheris.Setup(words, TARGETS[target], internal_libfuzzer=True)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
