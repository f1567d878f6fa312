"""The form that adds an article: an address, a text or a file. The first that is filled in is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voice_app.errors import EmptyInputError

if TYPE_CHECKING:
    from flask import Request

    from voice_app.model import Article
    from voice_app.studio import Studio

NOTHING = "All three fields are empty."
NOTHING_TODO = "Fill in one of them: an address, a text or a file."


@dataclass(frozen=True, slots=True, kw_only=True)
class AddForm:
    """What was sent. `field` names the field that is used, so that the page can point at it when it is refused."""

    address: str = ""
    text: str = ""
    file_name: str = ""
    body: bytes = b""
    media_type: str | None = None

    @classmethod
    def read(cls, request: Request) -> AddForm:
        file = request.files.get("file")
        return cls(
            address=request.form.get("address", "").strip(),
            text=request.form.get("text", ""),
            file_name=(file.filename or "") if file else "",
            body=file.read() if file and file.filename else b"",
            media_type=_said_type(file.mimetype) if file else None,
        )

    @property
    def field(self) -> str:
        if self.address:
            return "address"
        if self.file_name and not self.text.strip():
            return "file"
        return "text" if self.text else "address"

    def add(self, studio: Studio) -> Article:
        """Give it to the Studio. Raises InputError."""
        if self.address:
            return studio.intake.add_address(self.address)
        if self.text.strip():
            return studio.intake.add_text(self.text)
        if self.file_name:
            return studio.intake.add_file(self.file_name, self.body, self.media_type)
        raise EmptyInputError(NOTHING, todo=NOTHING_TODO)


def _said_type(media_type: str) -> str | None:
    """What the browser says of the file, unless it says that it does not know."""
    return None if media_type in ("", "application/octet-stream") else media_type
