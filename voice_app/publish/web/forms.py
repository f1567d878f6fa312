"""What people give through the site: the add form, what a phone shares, and uploads of programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voice_app.errors import EmptyInputError, InputError
from voice_app.model import Added, Upload

if TYPE_CHECKING:
    from flask import Request

    from voice_app.studio import Studio

NOTHING = "All three fields are empty."
NOTHING_TODO = "Fill in one of them: an address, a text or a file."


@dataclass(frozen=True, slots=True, kw_only=True)
class AddForm:
    """What was sent. The first that is filled in is used; `field` names it, so that the page can point at it."""

    address: str = ""
    text: str = ""
    files: tuple[Upload, ...] = ()

    @classmethod
    def read(cls, request: Request) -> AddForm:
        """The add form as it was posted, or as a link fills it in."""
        return cls(
            address=request.values.get("address", "").strip(),
            text=request.values.get("text", ""),
            files=uploads(request, "file"),
        )

    @classmethod
    def shared(cls, request: Request) -> AddForm:
        """What the system's share menu sends: often the address stands in the text, after the title."""
        title, text, address = (request.form.get(name, "").strip() for name in ("title", "text", "url"))
        files = uploads(request, "files")
        return cls(address=address, text="" if files else "\n\n".join(filter(None, (title, text))), files=files)

    @property
    def field(self) -> str:
        if self.address:
            return "address"
        if self.files and not self.text.strip():
            return "file"
        return "text" if self.text else "address"

    @property
    def file_names(self) -> str:
        return ", ".join(file.name for file in self.files)

    def add(self, studio: Studio) -> Added:
        """Give it to the Studio. Raises InputError when one thing was given and could not be used."""
        if self.address:
            return Added(articles=(studio.intake.add_address(self.address),))
        if self.text.strip():
            return studio.intake.add_pasted(self.text)
        if len(self.files) == 1:
            (file,) = self.files
            return Added(articles=studio.intake.add_file(file.name, file.body, file.media_type))
        if self.files:
            return studio.intake.add_all(files=self.files)
        raise EmptyInputError(NOTHING, todo=NOTHING_TODO)


def json_object(request: Request, todo: str) -> dict[str, Any]:
    """The body of a program's request. Raises InputError with `todo` when it is no JSON object."""
    body = request.get_json()
    if not isinstance(body, dict):
        raise InputError("The data is not a JSON object.", todo=todo)
    return body


def optional_object(request: Request, todo: str) -> dict[str, Any]:
    """The same where there need not be a body."""
    return json_object(request, todo) if request.get_data() else {}


def number(body: dict[str, Any], name: str, todo: str, *, is_needed: bool = False) -> float:
    """A number of a program's request; 0 when it is left out. Raises InputError with `todo`."""
    value = body.get(name, None if is_needed else 0)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise InputError(f"There is no number {name} in the data.", todo=todo)
    try:
        return float(value)
    except OverflowError:  # hundreds of digits
        raise InputError(f"There is no number {name} in the data.", todo=todo) from None


def uploads(request: Request, field: str) -> tuple[Upload, ...]:
    """The files of one field of a form. An empty choice is none."""
    return tuple(
        Upload(name=file.filename, body=file.read(), media_type=_said_type(file.mimetype))
        for file in request.files.getlist(field)
        if file.filename
    )


def _said_type(media_type: str) -> str | None:
    """What the browser says of the file, unless it says that it does not know."""
    return None if media_type in ("", "application/octet-stream") else media_type
