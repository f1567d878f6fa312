"""What every store of blobs must do. A subclass gives a `blobs` fixture."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voice_app.blobs import Blobs

NAME = "clips/ab/" + "ab" * 32 + ".wav"


class BlobsContract:
    def test_what_is_written_is_read(self, blobs: Blobs) -> None:
        blobs.write(NAME, b"one")
        blobs.write(NAME, b"two")
        assert blobs.read(NAME) == b"two"

    def test_any_bytes_come_back_as_they_were(self, blobs: Blobs) -> None:
        for number, data in enumerate((b"", b"\0", bytes(range(256)) * 8_192)):
            blobs.write(f"clips/ab/{number}.wav", data)
            assert blobs.read(f"clips/ab/{number}.wav") == data

    def test_nothing_is_none(self, blobs: Blobs) -> None:
        assert blobs.read(NAME) is None

    def test_what_is_deleted_is_gone_and_may_be_deleted_again(self, blobs: Blobs) -> None:
        blobs.write(NAME, b"one")
        blobs.delete(NAME)
        blobs.delete(NAME)
        assert blobs.read(NAME) is None
        assert list(blobs.entries("clips")) == []

    def test_entries_are_all_below_a_folder_with_their_sizes(self, blobs: Blobs) -> None:
        assert list(blobs.entries("clips")) == []
        names = {f"clips/{n % 256:02x}/{n:064x}.wav" for n in range(40)}
        for number, name in enumerate(sorted(names)):
            blobs.write(name, bytes(number))
        blobs.write("clipsy/ab/x.wav", b"not below clips")
        found = {entry.name: entry.bytes for entry in blobs.entries("clips")}
        assert found == {name: number for number, name in enumerate(sorted(names))}

    def test_an_entry_can_be_deleted_while_they_are_listed(self, blobs: Blobs) -> None:
        for number in range(40):
            blobs.write(f"clips/{number:02x}/{number:064x}.wav", b"x")
        for entry in blobs.entries("clips"):
            blobs.delete(entry.name)
        assert list(blobs.entries("clips")) == []

    def test_writers_of_one_name_never_mix(self, blobs: Blobs) -> None:
        """Two processes that miss one clip write it at the same time."""
        sounds = [bytes([n]) * 50_000 for n in range(4)]

        def write(sound: bytes) -> None:
            for _ in range(5):
                blobs.write(NAME, sound)

        writers = [threading.Thread(target=write, args=(sound,)) for sound in sounds]
        for writer in writers:
            writer.start()
        while any(writer.is_alive() for writer in writers):
            assert blobs.read(NAME) in {None, *sounds}
            time.sleep(0.001)
        for writer in writers:
            writer.join()
        assert blobs.read(NAME) in sounds
        assert len(list(blobs.entries("clips"))) == 1
