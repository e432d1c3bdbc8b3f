"""Exit code 20 means that something new waits; old matters do not cry wolf every night."""

from collections.abc import Collection

from register_nights import FIRST_DAY

from kuntactl.register.store import open_register
from kuntactl.register.waiting import Matter


def night(
    register: str, *clients: str, seen: Collection[str], what: str = "", kind: str = "review"
) -> int:
    """Return how many of these clients' matters are new in a run that saw these clients."""
    matters = [Matter(of=client, what=what) for client in clients]
    with open_register(register) as opened:
        opened.begin_run(on=FIRST_DAY, version="0.1.0", inputs=[])
        fresh = opened.waiting(kind, matters, seen=seen)
        again = opened.waiting(kind, matters, seen=seen)
        opened.commit()
    assert again == 0
    return fresh


def test_only_what_did_not_wait_before_is_new(register: str) -> None:
    """What was settled and comes back is new again."""
    nights = [("a", "b"), ("b", "c", "c"), ("b",), ("a", "b")]

    new = [night(register, *clients, seen="abc") for clients in nights]

    assert new == [2, 1, 0, 1]


def test_a_run_over_other_clients_forgets_nothing(register: str) -> None:
    """Two areas in turn on one register: each night's run finds its own matters known."""
    porvoo, salo = ("a", "b"), ("x", "y")
    night(register, "a", seen=porvoo)
    night(register, "x", seen=salo)

    assert [night(register, "a", seen=porvoo), night(register, "x", seen=salo)] == [0, 0]


def test_another_matter_of_the_same_client_is_new(register: str) -> None:
    """A rejected row that is mended in one column may be wrong in the next."""
    night(register, "a", seen="a", what="kotikunta|municipality_unknown")

    assert night(register, "a", seen="a", what="henkilotunnus|identity_code_invalid") == 1
    assert night(register, "a", seen="a", what="kotikunta|municipality_unknown") == 1


def test_kinds_do_not_mix(register: str) -> None:
    """Whom a person was asked about may still turn out undeliverable."""
    night(register, "a", seen="a", kind="review")

    assert night(register, "a", seen="a", kind="undeliverable") == 1
