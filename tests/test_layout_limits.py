"""A letter that would take all time or all memory is stopped and named; none asks the network."""

import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from client_frames import client
from letters_due import due_for, facts_for

from kuntactl.errors import LetterError
from kuntactl.files.staging import staged
from kuntactl.letters.printing import Engine, Printing
from kuntactl.letters.write import write_letters
from kuntactl.typeset.limit import MOST_MEMORY, MOST_SECONDS, limited

HEAD = '<html lang="fi"><head><title>x</title></head>'


def said_of(work: Callable[[], None], **limits: float) -> str:
    """Return what is said when the work goes beyond its limits."""
    with pytest.raises(LetterError) as stopped, limited(**limits):
        work()
    return stopped.value.problem


def test_the_limits_are_those_that_were_promised() -> None:
    """10 s of the processor and 500 MB are a hundred times what a letter takes."""
    assert (MOST_SECONDS, MOST_MEMORY) == (10, 500_000_000)


def test_what_takes_too_long_is_stopped() -> None:
    """An endless loop in one letter must not hold up the night, whatever it catches."""

    def go_on() -> None:
        while True:
            with suppress(Exception):  # as a library may do
                sum(range(1000))

    assert said_of(go_on, seconds=0.3) == "takes more than 0.3 s to lay out"


def test_what_takes_too_much_memory_is_stopped() -> None:
    """A machine without memory stops whatever it likes, the register's server for one."""
    hoard: list[bytes] = []

    def grow() -> None:
        while len(hoard) < 2000:
            hoard.append(b"x" * 1_000_000 + bytes(len(hoard)))

    assert said_of(grow, memory=50_000_000) == "takes more than 50 MB of memory to lay out"


def test_what_keeps_within_the_limits_is_let_be() -> None:
    """Each letter has its own time: what went before does not count."""
    for _ in range(3):
        with limited(seconds=0.5):
            sum(range(100_000))


def test_a_thread_is_stopped_too_and_goes_on_with_the_next_letter() -> None:
    """The worker of a cluster lays out in a thread, which hears no signal."""

    def go_on() -> None:
        while True:
            with suppress(Exception):
                sum(range(1000))

    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(said_of, go_on, seconds=0.3)
        assert first.result() == "takes more than 0.3 s to lay out"
        for _ in range(3):
            with_limit = threads.submit(calm)
            assert with_limit.result() == 4_999_950_000


def calm() -> int:
    """Return a sum, made within the limits."""
    with limited(seconds=5):
        return sum(range(100_000))


@pytest.mark.parametrize("engine", [Engine.STAMP, Engine.WHOLE])
def test_the_letter_is_named(engine: Engine, tmp_path: Path) -> None:
    """Among thousands of letters it must be found, and its template mended."""
    templates = tmp_path / "own"
    templates.mkdir()
    loop = "{% for a in range(9999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    (templates / "base.html").write_text(f"{HEAD}<p>{loop}</p></html>", encoding="utf-8")
    people = client()

    with staged(tmp_path / "out") as staging, pytest.raises(LetterError) as stopped:
        write_letters(
            due_for(people),
            facts_for(people, templates=templates),
            staging=staging,
            workers=1,
            printing=Printing(engine=engine),
        )

    assert stopped.value.problem == "letter porvoo-000001: takes more than 10 s to lay out"
    assert stopped.value.hint
    assert not (tmp_path / "out").exists()


REQUESTS = [
    '<img alt="x" src="{url}a.png">',
    '<link rel="stylesheet" href="{url}a.css">',
    "<style>@import '{url}a.css';</style>",
    "<style>@font-face {{ font-family: a; src: url({url}a.ttf) }} p {{ font-family: a }}</style>",
    '<p style="background: url({url}a.png)">x</p>',
    '<object data="{url}a.svg">x</object>',
    '<embed src="{url}a.svg">',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}a.png" width="9"/></svg>',
    '<a rel="attachment" href="{url}a.txt">x</a>',
    '<link rel="attachment" href="{url}a.txt">',
    '<p style="content: url({url}a.png)">x</p>',
    "<ul><li style=\"list-style-image: url('{url}a.png')\">x</li></ul>",
]


def test_no_template_reaches_the_network(tmp_path: Path) -> None:
    """A server that listens hears nothing: a picture from afar tells who is written to."""
    heard: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    connection, address = server.accept()
                except TimeoutError:
                    continue
                heard.append(address)
                connection.close()

        listener = threading.Thread(target=listen)
        listener.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        people = client()
        refused = 0
        for number, request in enumerate(REQUESTS):
            templates = tmp_path / str(number)
            templates.mkdir()
            page = f"{HEAD}{request.format(url=url)}<p>x</p></html>"
            (templates / "base.html").write_text(page, encoding="utf-8")
            with staged(tmp_path / f"out{number}") as staging:
                try:
                    write_letters(
                        due_for(people),
                        facts_for(people, templates=templates),
                        staging=staging,
                        workers=1,
                    )
                except LetterError:
                    refused += 1
        with socket.create_connection(server.getsockname()):
            pass  # the listener does hear whoever comes
        while not heard:
            done.wait(0.05)
        done.set()
        listener.join()

    assert len(heard) == 1
    assert refused >= len(REQUESTS) - 3  # what WeasyPrint does not know it passes over
