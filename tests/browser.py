"""A headless Chromium driven over a pipe: pages opened, looked at, and what they ask for."""

import base64
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-pipe"),
)
_READ, _WRITE = 3, 4  # descriptors on which Chromium listens and answers
_AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def program() -> str | None:
    """Return where Chromium is; none: it is not installed."""
    return shutil.which("chromium")


@dataclass(slots=True)
class Visit:
    """What became of one page that was opened."""

    requests: list[str] = field(default_factory=list)  # URLs, the page itself first
    complaints: list[str] = field(default_factory=list)  # of the console, and faults of scripts


class Browser:
    """One page of a running browser."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        """Open an empty page."""
        self._to, self._from = to_browser, from_browser
        self._buffer = b""
        self._number = 0
        self._session: str | None = None
        self._events: list[Mapping[str, Any]] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """Return the browser's answer."""
        self._number += 1
        message: dict[str, object] = {
            "id": self._number,
            "method": method,
            "params": parameters,
        }
        if self._session:
            message["sessionId"] = self._session
        self._send(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                result: dict[str, Any] = answer["result"]
                return result
            self._events.append(answer)

    def go(self, file: Path) -> None:
        """Open a file, and wait until it is loaded."""
        self._events.clear()
        self.ask("Page.navigate", url=file.as_uri())
        self.wait()

    def open(self, file: Path, *, width: int, height: int = 900) -> Visit:
        """Open a file in a window of that size, in CSS pixels; return what it asked for."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        self.go(file)
        self.look("document.fonts.ready.then(() => true)")
        return self._visit()

    def _visit(self) -> Visit:
        visit = Visit()
        for event in self._events:
            told = event.get("params", {})
            match event.get("method"):
                case "Network.requestWillBeSent":
                    visit.requests.append(told["request"]["url"])
                case "Runtime.exceptionThrown":
                    visit.complaints.append(told["exceptionDetails"]["text"])
                case "Runtime.consoleAPICalled":
                    visit.complaints.append(f"console.{told['type']}")
                case "Log.entryAdded":
                    visit.complaints.append(told["entry"]["text"])
        return visit

    def look(self, script: str) -> Any:
        """Return what a script finds in the page; a promise is waited for."""
        answer = self.ask(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def look_without_scripts(self, *, wanted: bool) -> None:
        """Have the pages opened from now on run their own scripts, or not."""
        self.ask("Emulation.setScriptExecutionDisabled", value=not wanted)

    def faults(self, axe: str) -> list[str]:
        """Return what axe-core finds wrong with the open page, a line a rule.

        Args:
            axe: Its script.
        """
        self.look(f"{axe}; true")
        tags = json.dumps(_AXE_TAGS)
        found = self.look(
            "axe.run(document, {runOnly: {type: 'tag', values: " + tags + "},"
            " resultTypes: ['violations', 'incomplete']}).then(found => ["
            "found.violations.map(one => one.id + ': ' + one.nodes[0].target + ' '"
            " + one.nodes[0].failureSummary), found.passes.length])"
        )
        violations, passed = found
        assert passed, "axe-core has looked at nothing"
        return list(violations)

    def picture(self) -> bytes:
        """Return the whole page as PNG."""
        shot = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        return base64.b64decode(shot["data"])

    def paper(self) -> bytes:
        """Return the page as the browser prints it."""
        printed = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(printed["data"])

    def wait(self) -> None:
        """Wait until the page that was asked for is loaded."""
        while not any(event.get("method") == "Page.loadEventFired" for event in self._events):
            self._events.append(self._next())

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            read = os.read(self._from, 1 << 20)
            assert read, "Chromium has ended"
            self._buffer += read
        message, _, self._buffer = self._buffer.partition(b"\0")
        parsed: dict[str, Any] = json.loads(message)
        return parsed

    def _send(self, message: bytes) -> None:
        while message:
            message = message[os.write(self._to, message) :]


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """Start Chromium with ``folder`` for its own files; end it and all it started afterwards."""
    executable = program()
    assert executable, "Chromium is not installed (Debian: chromium)"
    listens, to_browser = os.pipe()
    from_browser, answers = os.pipe()
    # A shell gives the descriptors the numbers that Chromium expects; sh knows one digit only.
    numbered = f'exec "$@" {_READ}<&{listens} {_WRITE}>&{answers}'
    own = f"--user-data-dir={folder}"
    started = subprocess.Popen(
        ["bash", "-c", numbered, "bash", executable, *_FLAGS, own, "about:blank"],
        pass_fds=(listens, answers),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(listens)
    os.close(answers)
    try:
        yield Browser(to_browser, from_browser)
    finally:
        os.close(to_browser)
        os.close(from_browser)
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()
