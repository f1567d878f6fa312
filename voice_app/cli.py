"""The command line. Results go to standard output, progress and problems to standard error.

Exit codes: 0 done, 1 failed (one helpful sentence), 2 misuse, 130 stopped with Ctrl+C.
"""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voice_app import __version__, printed
from voice_app import config as settings
from voice_app.cli_cache import cache
from voice_app.errors import EmptyInputError, InputError, VoiceAppError

if TYPE_CHECKING:
    from voice_app.config import Config
    from voice_app.model import Article, Company, Document, Progress, Style
    from voice_app.speech.engine import Engine
    from voice_app.studio import Studio

PIPE = "-"
INTERRUPTED = 130
_styled = click.option(
    "--style",
    "wanted",
    multiple=True,
    metavar="KIND=MANNER",
    help="How a kind is read, such as code=read or notes=left-out; may be given again.",
)


class _Group(click.Group):
    """A group whose commands end in one sentence, not in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except VoiceAppError as problem:
            click.echo(str(problem), err=True)
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("\nStopped. Whatever was spoken is kept, so the same command goes on from there.", err=True)
            ctx.exit(INTERRUPTED)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(version)s")
def main() -> None:
    """Voice App turns articles into narrated audio: pages, player, podcast feed, speaker playback."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")


def _studio(*, shared_booth: bool = False, **flags: Any) -> tuple[Studio, Config]:
    from voice_app.wiring import build

    config = settings.load(flags={name.replace("__", "."): value for name, value in flags.items()})
    return build(config, shared_booth=shared_booth), config


# -- the site -----------------------------------------------------------------------------------


@main.command()
@click.option("--host", help="Address to listen on; 127.0.0.1 unless set.")
@click.option("--port", type=int, help="Port to listen on; 5000 unless set.")
def serve(host: str | None, port: int | None) -> None:
    """Serve the site and the feed, and narrate what is waiting."""
    from voice_app.publish.web.app import make_app
    from voice_app.publish.web.server import serve as serve_app
    from voice_app.supervisor import BOOTH, WORKER_ALONE, Supervisor

    studio, config = _studio(shared_booth=True, server__host=host, server__port=port)
    with Supervisor(BOOTH), Supervisor(WORKER_ALONE):
        app = make_app(studio, config)
        address = config.server.public_url or f"http://{config.server.host}:{config.server.port}"
        serve_app(app, config.server.host, config.server.port, ready=lambda: _announce(address))


def _announce(address: str) -> None:
    click.echo(f"Voice App:    {address}/")
    click.echo(f"Podcast feed: {address}/feed.xml")
    click.echo("Stop with Ctrl+C.")


@main.command()
@click.option("--alone", is_flag=True, help="Do not start a booth: somebody else does.")
def work(alone: bool) -> None:
    """Read and narrate what is waiting, until stopped. `serve` starts this by itself."""
    from voice_app import worker
    from voice_app.supervisor import BOOTH, Supervisor

    studio, config = _studio(shared_booth=True)
    with contextlib.nullcontext() if alone else Supervisor(BOOTH):
        worker.run(studio.work, config, bindery=studio.audiobooks, chores=studio.chores())


@main.command()
def booth() -> None:
    """Speak what the site and the worker ask for, until stopped. `serve` and `work` start this by themselves."""
    from voice_app.booth import Booth
    from voice_app.recorders import local_recorder

    config = settings.load()
    Booth(config).run(lambda on_loss: local_recorder(config, on_loss))


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
def add(sources: tuple[str, ...]) -> None:
    """Put each SOURCE (an address, a file, or - for standard input) into the library."""
    studio, _ = _studio()
    failed = False
    for source in sources:
        try:
            for article in _added(studio, source):
                click.echo(article.slug)
        except InputError as problem:
            failed = True
            click.echo(f"{source}: {problem}" if len(sources) > 1 else str(problem), err=True)
    if failed:
        sys.exit(1)


def _added(studio: Studio, source: str) -> Sequence[Article]:
    if source == PIPE:
        return studio.intake.add_file("standard input", _piped())
    if source.startswith(("http://", "https://")):
        return (studio.intake.add_address(source),)
    found = studio.source(source)
    return studio.intake.add_file(found.origin, found.body, found.media_type)


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
def watch(sources: tuple[str, ...]) -> None:
    """Watch each SOURCE (the address of a feed, or an OPML file): its new entries become articles."""
    studio, _ = _studio()
    for source in sources:
        if source.startswith(("http://", "https://")):
            click.echo(studio.feeds.watch(source).address)
            continue
        found = studio.source(source)
        for feed in studio.feeds.watch_all(found.origin, found.body):
            click.echo(feed.address)


# -- one article --------------------------------------------------------------------------------


@main.command()
@click.argument("source")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("out"), show_default=True)
@click.option("--voice", help="A voice's name, as `voices` shows it: heart, hibari/heart, espeak/en-us, gtts/en.")
@_styled
@click.option("--m4b", is_flag=True, help="Make an audiobook with chapters as well: one M4B file.")
@click.option("--plan", is_flag=True, help="Only say how much there is to speak, and how long that takes about.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
def narrate(
    source: str, out: Path, voice: str | None, wanted: tuple[str, ...], m4b: bool, plan: bool, as_json: bool
) -> None:
    """Narrate SOURCE (an address, a file, or - for standard input) into MP3 files."""
    from voice_app.recorders import local_recorder

    config = settings.load()
    recorder = local_recorder(config)
    if not plan:
        recorder.expect(voice or config.narration.voice)  # a process loads it, and this one all that follows
    from voice_app.wiring import build

    studio = build(config, recorder=recorder)
    style = _style(studio, wanted)
    document = _document(studio, source, style)
    if plan:
        found = studio.outlook.of(studio.script(document, style=style), voice=voice)
        click.echo(printed.json_line(asdict(found)) if as_json else printed.outlook(found))
        return
    with _progress(quiet=as_json) as on_progress:
        narration = studio.narrate(document, out, voice=voice, style=style, audiobook=m4b, on_progress=on_progress)
    if narration.audio.voice_remark:
        click.echo(narration.audio.voice_remark, err=True)
    if as_json:
        click.echo(printed.json_line(printed.narration(document, narration)))
    else:
        for chapter in narration.audio.chapters:
            click.echo(f"{out / chapter.file}  {printed.clock(chapter.seconds)}  {chapter.title}")
        click.echo(f"{out / narration.audio.file}  {printed.clock(narration.audio.seconds)}  {document.title}")
        if narration.audiobook:
            click.echo(f"{out / narration.audiobook}  {printed.clock(narration.audio.seconds)}  {document.title}")
        if narration.audio.stood_in:
            from voice_app.publish.receipt import another_voice

            click.echo(another_voice(len(narration.audio.stood_in)), err=True)
    studio.keeper.tidy()


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """A bar on a terminal; elsewhere a line per chapter, and none beside JSON."""
    if sys.stderr.isatty():
        bar: Any
        with click.progressbar(length=1, label="Narrating", file=sys.stderr) as bar:

            def draw(progress: Progress) -> None:
                bar.length = progress.total
                bar.update(progress.spoken - bar.pos)

            yield draw
        return
    chapters: set[int] = set()

    def line(progress: Progress) -> None:
        if not quiet and progress.chapter not in chapters:
            chapters.add(progress.chapter)
            click.echo(f"Chapter {progress.chapter}: sentence {progress.spoken} of {progress.total}", err=True)

    yield line


@main.command()
@click.option("--voice", help="In this voice, instead of those in the settings.")
def stale(voice: str | None) -> None:
    """Count what is still to be spoken in the library: after a change of voice, rate, rules or style, for example."""
    studio, _ = _studio()
    found = list(studio.outlook.library(voice=voice))
    for article, outlook in found:
        if outlook.to_speak:
            click.echo(f"{article.slug}: {printed.outlook(outlook)}")
    total = sum(outlook.to_speak for _, outlook in found)
    sentences = sum(outlook.sentences for _, outlook in found)
    counted = printed.counted
    click.echo(f"{counted(len(found), 'article')}, {counted(sentences, 'sentence')}, {total:,} to be spoken.")


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@_styled
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per source, each on a line.")
def extract(sources: tuple[str, ...], wanted: tuple[str, ...], as_json: bool) -> None:
    """Show what would be read of each SOURCE, and what would not, and why."""
    studio, _ = _studio()
    style = _style(studio, wanted)
    failed = False
    for source in sources:
        try:
            document = _document(studio, source, style)
        except VoiceAppError as problem:
            failed = True
            click.echo(f"{source}: {problem}", err=True)
            if as_json:
                click.echo(printed.json_line({"source": source, "error": str(problem)}))
            continue
        click.echo(
            printed.json_line({"source": source} | printed.document(document))
            if as_json
            else printed.readable(document)
        )
    if failed:
        sys.exit(1)


@main.command()
@click.argument("source")
@_styled
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def script(source: str, wanted: tuple[str, ...], as_json: bool) -> None:
    """Show what will be said of SOURCE, sentence by sentence."""
    studio, _ = _studio()
    style = _style(studio, wanted)
    found = studio.script(_document(studio, source, style), style=style)
    if not as_json:
        for chapter in found.chapters:
            click.echo(f"{chapter.number}. {chapter.title}")
            for sentence in chapter.sentences:
                click.echo(f"   {sentence.spoken}")
        return
    click.echo(printed.json_line(printed.script(found)))


@main.command()
@click.argument("text", default=PIPE)
@click.option("--language", default="en", show_default=True)
def say(text: str, language: str) -> None:
    """Show how TEXT is said. With - each line of standard input gives one line."""
    studio, _ = _studio()
    lines = sys.stdin if text == PIPE else [text]
    for line in lines:
        click.echo(" ".join(studio.say(line.rstrip("\r\n"), language).split()))


# -- the installation ---------------------------------------------------------------------------


@main.command()
def doctor() -> None:
    """Say of every engine and format whether it works here, and if not, why."""
    from voice_app import plugins, recorders

    config = settings.load()
    found = plugins.statuses(plugins.engine_maker(recorders.workshop(config)))
    for status in found:
        click.echo(f"{'ok     ' if status.ok else 'missing'}  {status.kind:7} {status.name:9} {status.detail}")
    narration = config.narration
    names = (narration.voice, narration.better_voice, *narration.voices.values())
    wanted = {name.partition("/")[0] for name in names}
    if any(s.kind == "engine" and s.name in wanted and not s.ok for s in found):
        raise click.exceptions.Exit(1)


@main.command()
@click.option("--language", help="Only voices for this language, such as es.")
@click.option("--measure", is_flag=True, help="Measure how fast each engine speaks here, which takes a few seconds.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per voice, each on a line.")
def voices(language: str | None, measure: bool, as_json: bool) -> None:
    """List every voice: its language, its licence, whether it sends the text away, and its speed here."""
    from voice_app import plugins, recorders

    studio, config = _studio()
    make = plugins.engine_maker(recorders.workshop(config))
    reader = studio.voices.reader(language or "")
    companies = studio.voices.all()
    if language and not any(printed.speaks(voice, language) for company in companies for voice in company.voices):
        raise InputError(f"There is no voice for {language!r} here.", todo="Name a language by its code, such as es.")
    for company in companies:
        if measure and company.voices and studio.voices.may_be_heard(company):
            company = _measured(studio, company, make(company.engine))
        for line in printed.company(company, language=language, reader=reader, as_json=as_json):
            click.echo(line)


def _measured(studio: Studio, company: Company, engine: Engine) -> Company:
    """With its speed; an engine that fails now is said to, and the others go on."""
    try:
        return studio.voices.measure(company, company.voices[0], engine)
    except VoiceAppError as problem:
        click.echo(f"{company.engine}: {problem}", err=True)
        return company
    finally:
        engine.close()


@main.command("config")
def show_config() -> None:
    """Print every setting, its value and where it came from."""
    for name, value, origin in settings.load().lines():
        shown = ",".join(value) if isinstance(value, tuple) else str(value)
        click.echo(f"{name} = {shown}  ({origin})")


main.add_command(cache)


# -- shared -------------------------------------------------------------------------------------


def _document(studio: Studio, source: str, style: Style) -> Document:
    return studio.read(studio.pasted(_piped()) if source == PIPE else source, style=style)


def _style(studio: Studio, wanted: tuple[str, ...]) -> Style:
    parts = [pair.partition("=") for pair in wanted]
    return studio.styles.made({kind.strip(): manner for kind, _, manner in parts})


def _piped() -> bytes:
    body = sys.stdin.buffer.read()
    if not body.strip():
        raise EmptyInputError("Nothing came in on standard input.")
    return body
