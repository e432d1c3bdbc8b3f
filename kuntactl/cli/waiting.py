"""What waits for a person, by the name that ``run.json`` counts it under."""

from kuntactl.locale import phrase

WAITING = {
    "rejected": phrase("rejected"),
    "review": phrase("review"),
    "unassigned": phrase("unassigned"),
    "undeliverable": phrase("undeliverable"),
    "to_remove": phrase("to_remove"),
}
