"""Network namespaces: machines of their own, as far as the network can tell."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest


@dataclass(frozen=True, slots=True)
class Namespace:
    """A namespace with one line to us."""

    number: int

    @property
    def name(self) -> str:
        """What it is called."""
        return f"kt{os.getpid()}-{self.number}"

    @property
    def ours(self) -> str:
        """Our address on the line."""
        return f"10.231.{self.number}.1"

    @property
    def own(self) -> str:
        """Its address on the line."""
        return f"10.231.{self.number}.2"

    @property
    def line(self) -> str:
        """Our end of the line."""
        return f"kt{os.getpid() % 10**6}v{self.number}"

    def set_up(self) -> None:
        """Make it, and the line to it."""
        inside = ("ip", "netns", "exec", self.name)
        _run("ip", "netns", "add", self.name)
        _run("ip", "link", "add", self.line, "type", "veth", "peer", "eth0", "netns", self.name)
        _run("ip", "address", "add", f"{self.ours}/30", "dev", self.line)
        _run("ip", "link", "set", self.line, "up")
        _run(*inside, "ip", "address", "add", f"{self.own}/30", "dev", "eth0")
        for device in ("eth0", "lo"):
            _run(*inside, "ip", "link", "set", device, "up")
        _run(*inside, "ip", "route", "add", "default", "via", self.ours)

    def cut_off(self) -> None:
        """Break the line, without a word to either end."""
        _run("ip", "link", "set", self.line, "down")

    def take_down(self) -> None:
        """Remove it, and the line with it."""
        subprocess.run(("ip", "netns", "delete", self.name), check=False, capture_output=True)


@contextmanager
def namespaces() -> Iterator[tuple[Namespace, Namespace]]:
    """Yield two namespaces; skip the test where the machine does not allow them."""
    if shutil.which("ip") is None or os.geteuid() != 0:
        pytest.skip("network namespaces need root and the program ip (Debian: iproute2)")
    both = Namespace(1), Namespace(2)
    with ExitStack() as made:
        for one in both:
            made.callback(one.take_down)
            try:
                one.set_up()
            except subprocess.CalledProcessError as error:
                pytest.skip(f"this machine allows no network namespaces: {error.stderr!r}")
        yield both


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)
