"""The exception tree.

    VoiceAppError
    ├── InputError               the article cannot be used as it is
    │   ├── EmptyInputError
    │   ├── TooLargeError
    │   ├── UnsupportedTypeError
    │   ├── UnreadableTextError
    │   ├── NoArticleError
    │   ├── FileMissingError
    │   ├── DamagedFileError
    │   ├── LockedFileError
    │   ├── ScannedFileError
    │   ├── FeedNotArticleError
    │   ├── BlockedAddressError
    │   ├── WrongCodeError
    │   ├── TooManyTriesError        (retry)
    │   └── FetchError
    │       ├── WallError
    │       └── UnreachableError     (retry)
    ├── SpeechError
    │   ├── EngineUnavailableError
    │   │   └── ServiceAwayError     (retry)
    │   ├── UnknownVoiceError
    │   ├── NothingToSayError
    │   ├── EngineFailedError        (retry)
    │   │   └── BadSoundError        (retry)
    │   └── BoothError               (retry)
    │       ├── BoothAwayError
    │       └── TooMuchWaitingError
    ├── AudioError
    │   └── StorageError             (retry)
    ├── LibraryError
    │   ├── ArticleNotFoundError
    │   └── MediaNotFoundError
    ├── JobError
    ├── ConfigError
    └── PluginError

`str()` is one or two sentences: what happened, and what to do now. Facts are attributes. `retry` belongs to the
type: it says that the same call may succeed later. Only `publish/web/errors.py` knows HTTP codes.
"""

from __future__ import annotations

from typing import Any, ClassVar


class VoiceAppError(Exception):
    """Something in Voice App went wrong."""

    what: ClassVar[str] = "Something went wrong."
    todo: ClassVar[str] = "Try again; if it happens again, look at the log."
    retry: ClassVar[bool] = False

    def __init__(self, what: str | None = None, *, todo: str | None = None, **facts: Any) -> None:
        self.facts = facts
        for name, value in facts.items():
            setattr(self, name, value)
        self.happened = what or self.what
        super().__init__(f"{self.happened} {todo or self.todo}")


class InputError(VoiceAppError):
    """The article cannot be used as it is."""

    what = "This could not be used as an article."
    todo = "Give an address, a file (HTML, EPUB, PDF, DOCX, Markdown, mail or plain text) or paste the text."


class EmptyInputError(InputError):
    what = "There is no text in it."
    todo = "Paste the article's text, or give its address or file."


class TooLargeError(InputError):
    what = "It is too large."
    todo = "Split it into smaller articles, or paste only the part to listen to."


class UnsupportedTypeError(InputError):
    what = "This type of file cannot be read yet."
    todo = "Save it as PDF, EPUB, DOCX, HTML or plain text, or paste the text instead."


class UnreadableTextError(InputError):
    what = "The text could not be decoded."
    todo = "Save it as UTF-8 and try again, or paste the text instead."


class NoArticleError(InputError):
    what = "No article was found in it."
    todo = "Paste the text instead."


class FileMissingError(InputError):
    what = "There is no such file."
    todo = "Check the name, or give an address that begins with http:// or https://."


class DamagedFileError(InputError):
    what = "The file is damaged or not complete."
    todo = "Get it again from where it came from, or paste the text instead."


class LockedFileError(InputError):
    what = "The file is locked with a password or by its seller."
    todo = "Save a copy without the lock and give that, or paste the text instead."


class ScannedFileError(InputError):
    what = "The file holds pictures of pages and no text."
    todo = "Have a text recognition (OCR) program add the text and give that file, or paste the text instead."


class FeedNotArticleError(InputError):
    what = "This is a feed and not an article."
    todo = "Watch it on the page Feeds: each of its entries becomes an article."


class BlockedAddressError(InputError):
    what = "That address leads into a private network, so it was not opened."
    todo = "Give a public address, or paste the text instead."


class WrongCodeError(InputError):
    what = "That code does not lead anywhere."
    todo = "Codes are valid for 10 minutes and once. Look at it again, or make a new one on the other device."


class TooManyTriesError(InputError):
    what = "Too much of this was tried in a short time."
    todo = "Wait ten minutes, then try again."
    retry = True


class FetchError(InputError):
    what = "The page could not be fetched."
    todo = "Check the address in a browser, or paste the text instead."


class WallError(FetchError):
    what = "The site showed something else in place of the article."
    todo = "Open the page in a browser and paste the text instead."


class UnreachableError(FetchError):
    what = "The site did not answer."
    todo = "Check the address and the connection, try again later, or paste the text instead."
    retry = True


class SpeechError(VoiceAppError):
    """A sentence could not be spoken."""

    what = "The voice could not speak."
    todo = "Choose another voice; `python -m voice_app voices` lists all that there are here."


class EngineUnavailableError(SpeechError):
    what = "That speech engine cannot be used here."


class ServiceAwayError(EngineUnavailableError):
    """A server that speaks does not answer now: no sentence has a chance, but the same article may later."""

    what = "The speech service did not answer."
    todo = "Check the connection, or name another voice: the embedded one needs none."
    retry = True


class UnknownVoiceError(SpeechError):
    what = "There is no such voice."


class NothingToSayError(SpeechError):
    what = "There is nothing to say in that sentence."
    todo = "Write it with letters or digits."


class EngineFailedError(SpeechError):
    what = "The speech engine failed."
    todo = "Try again, or choose another voice."
    retry = True


class BadSoundError(EngineFailedError):
    """`ailment` says what is wrong with the sound, as `speech/health.py` words it."""

    what = "The voice gave a sound that is not right."


class BoothError(SpeechError):
    """Not this sentence: none could be spoken just now."""

    what = "Nothing can be spoken just now."
    todo = "Try again in a minute."
    retry = True


class BoothAwayError(BoothError):
    what = "The program that speaks is not running."
    todo = "It is started again by itself while `python -m voice_app serve` runs; try again in a minute."


class TooMuchWaitingError(BoothError):
    what = "Too much is waiting to be spoken."


class AudioError(VoiceAppError):
    what = "The sound could not be made."
    todo = "Delete the folder audio_cache and narrate again."


class StorageError(AudioError):
    what = "A file could not be read or written."
    todo = (
        "Check that the folder can be written and that the disk is not full; "
        "`python -m voice_app cache prune --to 1GB` makes room."
    )
    retry = True


class LibraryError(VoiceAppError):
    what = "The library could not be read or written."
    todo = "Check that the content folder exists, can be written and is not full."


class ArticleNotFoundError(LibraryError):
    what = "There is no such article in the library."
    todo = "Look for it on the library page."


class MediaNotFoundError(LibraryError):
    what = "There is no such file."
    todo = "Open the article's page for its present files."


class JobError(VoiceAppError):
    what = "The work could not be queued."
    todo = "Check that the worker runs: `python -m voice_app work`."


class ConfigError(VoiceAppError):
    what = "The configuration is not right."
    todo = "`python -m voice_app config` prints every setting and where it came from."


class PluginError(VoiceAppError):
    what = "A plug-in could not be used."
    todo = "`python -m voice_app doctor` says why."
