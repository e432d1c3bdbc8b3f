"""A register deleted whole when its time is over, with a receipt that stays."""

import json
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kuntactl.errors import DeliveryError, RegisterError
from kuntactl.files.private import replace_file
from kuntactl.locale import phrase
from kuntactl.pipeline.runfile import as_json
from kuntactl.register.deletion import delete_register as delete_whole
from kuntactl.register.location import find_location


def delete_register(
    register: str,
    *,
    before: date,
    months: int,
    receipt: Path,
    wait: float = 0.0,
    dry_run: bool = False,
) -> str:
    """Delete a register whole, and leave a receipt; return its name, without a password.

    The receipt is on the disk first, so that a register never goes without one. Given again
    after a kill, the same order is completed under the same receipt.

    Args:
        register: A path or a URL.
        before: The first day on which it is no longer to be there.
        months: How long it is kept after its last day.
        receipt: The file to write.
        wait: Seconds to wait for a run that holds it.
        dry_run: Whether to delete nothing, and write no receipt.

    Raises:
        DeliveryError: If the receipt cannot be written, or is one of something else.
        RegisterError: If there is no register, somebody is a member, or its keeping time has
            not ended.
        RegisterBusyError: If a run holds it.
    """

    def keep(facts: Mapping[str, Any]) -> None:
        content = as_json({**facts, "before": before.isoformat()})
        if receipt.exists() and receipt.read_bytes() != content:
            raise _taken(receipt)
        if not dry_run:
            replace_file(receipt, content)
            os.sync()

    name = find_location(register).name
    if delete_whole(register, months=months, before=before, wait=wait, keep=keep, dry_run=dry_run):
        return name
    if not receipt.exists():
        raise RegisterError(
            phrase("{name}: there is no register", name=name),
            hint=phrase("name it with --register"),
        )
    if not _is_of(receipt, name):
        raise _taken(receipt)
    return name


def _is_of(receipt: Path, register: str) -> bool:
    """Return whether the file is the receipt of a register of this name."""
    try:
        facts = json.loads(receipt.read_bytes())
    except ValueError:
        return False
    return isinstance(facts, dict) and facts.get("register") == register


def _taken(receipt: Path) -> DeliveryError:
    return DeliveryError(
        phrase("{receipt}: is there already", receipt=receipt),
        hint=phrase("name a file that is not"),
    )
