"""Who handles an area's letters to clients under non-disclosure."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class ProtectedLetters(BaseModel):
    """The part ``[protected]`` of an area's file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    person: str  # by role or name: who opens the sealed package and sends its letters
    recipients: Annotated[tuple[str, ...], Field(min_length=1)]  # age1…: whom it is sealed for
