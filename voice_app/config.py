"""One frozen configuration: defaults < voice_app.toml < environment < command line. Each value knows its origin.

Environment names are VOICE_APP_<SECTION>__<KEY>, as in VOICE_APP_PATHS__CACHE. A value can be read from a file by
adding _FILE to its name, or _file to the key in voice_app.toml. This is the only module that reads the environment.
"""

from __future__ import annotations

import dataclasses
import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_type_hints

from voice_app.errors import ConfigError
from voice_app.model import MANNERS, Manner, Style

PREFIX = "VOICE_APP_"
FILE_NAME = "voice_app.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Where things live. `content` is to be backed up; `cache` may be deleted at any moment."""

    content: Path = Path("content")
    cache: Path = Path("audio_cache")


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The site. `public_url` is what feeds carry when the site is reached by another name than the request's.

    `trusted_hosts` are further Host names that are answered, beside loopback and the public address's. `contact` is
    where people write when something does not work for them: a mail address, or that of a page. `embed_sites` may show
    the player on their pages: https://news.example.org, or * for all; none when it is empty.
    """

    host: str = "127.0.0.1"
    port: int = 5000
    public_url: str = ""
    trusted_hosts: tuple[str, ...] = ()
    embed_sites: tuple[str, ...] = ("*",)
    contact: str = ""
    max_upload_bytes: int = 30_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Narration:
    """Who speaks, how fast, and on how many cores (0: all of them). `voices` maps languages to voices.

    With `better_voice`, finished articles of its language are recorded again with it when nothing else waits.

    `disclose` opens the site's and the feed's audio with a sentence that says the voice is synthetic; `receipt` ends
    it with one that says what was not read.

    `fallback_voice` says a sentence that the voice fails on: a voice, an engine (its first voice of the sentence's
    language), or nothing. Headings, quotations and notes can have a voice of their own. Every pause is multiplied by
    `pauses`; `earcons` puts short sounds before sections, headings and notes.
    """

    voice: str = "hibari/heart"
    voices: Mapping[str, str] = field(default_factory=dict)
    better_voice: str = ""
    fallback_voice: str = "espeak"
    heading_voice: str = ""
    quote_voice: str = ""
    note_voice: str = ""
    rate: float = 1.0
    pauses: float = 1.0
    earcons: bool = False
    threads: int = 0
    disclose: bool = True
    receipt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Booth:
    """The process that speaks. A sentence may take `stall_seconds`, and a fifth of one for each character."""

    stall_seconds: float = 20.0
    max_memory_mb: int = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """Limits of the only outbound fetch. Private addresses are refused unless `allow_private` is set."""

    allow_private: bool = False
    max_bytes: int = 30_000_000
    connect_seconds: float = 10.0
    stall_seconds: float = 15.0
    total_seconds: float = 60.0
    max_redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """How the podcast presents itself. `category` is one of Apple's, spelt as Apple spells it."""

    title: str = "Voice App"
    description: str = "Articles, read aloud by a synthetic voice."
    author: str = "Voice App"
    email: str = "podcast@example.org"
    language: str = "en"
    category: str = "Education"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache:
    """Clips and their encoded runs. Above `max_bytes` those go that were not used for the longest; 0 is no limit.

    With `bucket` (s3://name or s3://name/folder) they lie there in place of `paths.cache`, so that several machines
    share them, and the bucket's own lifecycle rules limit them. `endpoint` is the address of a server that is not
    Amazon's. Without keys those are used that Amazon's own programs would find on this machine.
    """

    max_bytes: int = 10_000_000_000
    bucket: str = ""
    endpoint: str = ""
    region: str = ""
    access_key: str = ""
    secret_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gtts:
    """Google's speech service, used only when a gtts voice is named: it sends the text away.

    `interval_seconds` is the least time between two requests.
    """

    timeout_seconds: float = 15.0
    tries: int = 3
    interval_seconds: float = 0.5
    endpoint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAI:
    """A server with OpenAI's speech API, used only when an openai voice is named. Without `url` there is none.

    `timeout_seconds` is for one sentence with all its tries. `format` is wav, mp3, flac, opus or pcm. `key` is best
    kept in a file, which `key_file` names.
    """

    url: str = ""
    model: str = "tts-1"
    voices: tuple[str, ...] = ("alloy",)
    key: str = field(default="", repr=False)
    format: str = "wav"
    timeout_seconds: float = 20.0
    tries: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Kokoro:
    """The folder that `make kokoro` filled."""

    folder: Path = Path("voices/kokoro")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piper:
    """The folder with piper's voices (*.onnx, each with its *.onnx.json), and the program with its arguments."""

    folder: Path = Path("voices/piper")
    program: str = "piper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How often watched feeds, and the addresses of finished articles, are looked at; 0 hours means never."""

    articles_hours: int = 0
    feeds_minutes: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The mail drop: a maildir whose letters become articles. Without `folder` there is none.

    `senders` are the addresses that are served, whole or as @example.org; nobody else is. Answers lie in the maildir's
    subfolder Answers, and are sent from there, as from `address`, when `smtp_host` is set.
    """

    folder: str = ""
    senders: tuple[str, ...] = ()
    address: str = "voice-app@localhost"
    smtp_host: str = ""
    smtp_port: int = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings. `origins` maps "section.key" to default, file, environment or command line."""

    paths: Paths = Paths()
    server: Server = Server()
    narration: Narration = field(default_factory=Narration)
    booth: Booth = Booth()
    reading: Style = field(default_factory=Style)
    fetch: Fetch = Fetch()
    feed: Feed = Feed()
    cache: Cache = Cache()
    gtts: Gtts = Gtts()
    openai: OpenAI = OpenAI()
    kokoro: Kokoro = Kokoro()
    piper: Piper = Piper()
    mail: Mail = Mail()
    watch: Watch = Watch()
    origins: Mapping[str, str] = field(default_factory=dict)

    def lines(self) -> list[tuple[str, Any, str]]:
        """(section.key, value, origin) of every setting, in order. A secret is not shown."""
        return [
            (
                f"{section}.{key.name}",
                _shown(getattr(getattr(self, section), key.name), is_secret=not key.repr),
                self.origins.get(f"{section}.{key.name}", "default"),
            )
            for section, cls in SECTIONS.items()
            for key in dataclasses.fields(cls)
        ]


SECTIONS: dict[str, type[Any]] = {
    "paths": Paths,
    "server": Server,
    "narration": Narration,
    "booth": Booth,
    "reading": Style,
    "fetch": Fetch,
    "feed": Feed,
    "cache": Cache,
    "gtts": Gtts,
    "openai": OpenAI,
    "kokoro": Kokoro,
    "piper": Piper,
    "mail": Mail,
    "watch": Watch,
}


RANGES = {"narration.rate": (0.5, 2.0), "narration.pauses": (0.5, 2.5)}
"""The least and the most of settings in which more would be no narration any longer."""


def load(
    *, flags: Mapping[str, Any] | None = None, environ: Mapping[str, str] | None = None, file: Path | None = None
) -> Config:
    """Read every source and merge them. `flags` maps "section.key" to values, None meaning not given.

    Raises ConfigError for an unknown key (with the nearest known one) or a value of the wrong type.
    """
    environ = os.environ if environ is None else environ
    layers = [
        ("file", _from_file(file or Path(environ.get(f"{PREFIX}CONFIG", FILE_NAME)))),
        ("environment", _from_environment(environ)),
        ("command line", {k: v for k, v in (flags or {}).items() if v is not None}),
    ]
    values: dict[str, dict[str, Any]] = {section: {} for section in SECTIONS}
    origins: dict[str, str] = {}
    for origin, layer in layers:
        for name, raw in layer.items():
            section, key = _known(name, origin)
            values[section][key] = _convert(name, raw, SECTIONS[section], key)
            origins[name] = origin
    return Config(**{s: cls(**values[s]) for s, cls in SECTIONS.items()}, origins=origins)


def _shown(value: Any, *, is_secret: bool) -> Any:
    if is_secret and value:
        return "(hidden)"
    return tuple(f"{key}={each}" for key, each in value.items()) if isinstance(value, Mapping) else value


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as problem:
        raise ConfigError(f"{path} could not be read: {problem}.", path=path) from problem
    flat: dict[str, Any] = {}
    for section, table in tables.items():
        if not isinstance(table, dict):
            raise ConfigError(f"{path}: `{section}` must be a table such as [paths].", path=path)
        flat.update(dict(_read(f"{section}.{key}", value) for key, value in table.items()))
    return flat


def _from_environment(environ: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in environ.items():
        if not name.startswith(PREFIX) or "__" not in name:
            continue
        key, value = _read(name.removeprefix(PREFIX).lower().replace("__", ".", 1), value)
        found[key] = value
    return found


def _read(name: str, value: Any) -> tuple[str, Any]:
    """The setting and its value; of a name that ends in _file, the value is what stands in that file."""
    if not name.endswith("_file"):
        return name, value
    try:
        return name.removesuffix("_file"), Path(value).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError, TypeError) as problem:
        raise ConfigError(f"{name} names a file that could not be read: {problem}.", key=name) from problem


def _known(name: str, origin: str) -> tuple[str, str]:
    section, _, key = name.partition(".")
    if section in SECTIONS and key in {f.name for f in dataclasses.fields(SECTIONS[section])}:
        return section, key
    every = [f"{s}.{f.name}" for s, cls in SECTIONS.items() for f in dataclasses.fields(cls)]
    near = difflib.get_close_matches(name, every, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise ConfigError(f"Unknown setting {name} (from the {origin}).{hint}", key=name)


def _convert(name: str, raw: Any, cls: type[Any], key: str) -> Any:
    wanted = get_type_hints(cls)[key]
    try:
        if wanted is Path:
            return Path(raw).expanduser()
        if wanted is bool:
            return _boolean(raw)
        if wanted is Manner:
            return _manner(name, key, str(raw))
        if wanted in (int, float, str):
            return _in_range(name, wanted(raw))
        if wanted == Mapping[str, str]:
            return _pairs(raw)
        return tuple(part.strip() for part in raw.split(",") if part.strip()) if isinstance(raw, str) else tuple(raw)
    except (TypeError, ValueError, AttributeError) as problem:
        raise ConfigError(f"{name} cannot be {raw!r}: it must be {_words(wanted)}.", key=name) from problem


def _pairs(raw: Any) -> dict[str, str]:
    """A table, or text such as "es=espeak/es, de=espeak/de"."""
    if isinstance(raw, str):
        raw = dict(part.split("=", 1) for part in raw.split(",") if part.strip())
    return {str(key).strip(): str(value).strip() for key, value in raw.items()}


def _in_range(name: str, value: Any) -> Any:
    least, most = RANGES.get(name, (None, None))
    if least is not None and not least <= value <= most:
        raise ConfigError(f"{name} cannot be {value}: it must lie between {least} and {most}.", key=name)
    return value


def _manner(name: str, kind: str, raw: str) -> Manner:
    """How a kind is read; "left-out" and "left out" are the same."""
    word = raw.strip().lower().replace("-", " ").replace("_", " ")
    allowed = [manner.value for manner in MANNERS[kind]]
    if word in allowed:
        return Manner(word)
    words = [each.replace(" ", "-") for each in allowed]
    near = difflib.get_close_matches(word.replace(" ", "-"), words, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise ConfigError(f"{name} cannot be {raw!r}: it is one of {', '.join(words)}.{hint}", key=name)


def _boolean(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    words = {"true": True, "yes": True, "1": True, "on": True, "false": False, "no": False, "0": False, "off": False}
    try:
        return words[str(raw).strip().lower()]
    except KeyError as problem:
        raise ValueError(raw) from problem


def _words(wanted: Any) -> str:
    known = {int: "a whole number", float: "a number", str: "text", Path: "a path", bool: "true or false"}
    if wanted == Mapping[str, str]:
        return 'a table of languages and voices, as in es = "espeak/es"'
    return known.get(wanted, "a list, with commas between")
