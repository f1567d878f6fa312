"""The commands that look after the cache: `cache stats`, `cache verify`, `cache prune`."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from voice_app import config as settings
from voice_app import printed

if TYPE_CHECKING:
    from voice_app.keeper import Keeper

_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


class _Size(click.ParamType):
    """2GB, 500 MB or a number of bytes."""

    name = "size"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)B?", str(value).strip().upper(), re.ASCII)
        if found is None:
            self.fail(f"{value!r} is no size. Write it as 2GB, 500MB or 0.", param, ctx)
        return round(float(found.group(1)) * _UNITS[found.group(2)])


@click.group()
def cache() -> None:
    """Count, check and prune what is kept of narration: clips and runs. All of it can be made again."""


@cache.command()
@_as_json
def stats(as_json: bool) -> None:
    """Say how many files the cache holds, how large they are and when they were used."""
    found = _keeper().stats()
    click.echo(printed.json_line(printed.cache_stats(found)) if as_json else printed.cache_lines(found))


@cache.command()
@_as_json
def verify(as_json: bool) -> None:
    """Read every clip and run, and remove the damaged; the exit code is 1 when there were any."""
    names: list[str] = []
    found = _keeper().verify(names.append if as_json else click.echo)
    if as_json:
        click.echo(printed.json_line(asdict(found) | {"removed": names}))
    else:
        outcome = f"Damaged and removed: {found.damaged:,}." if found.damaged else "All are whole."
        click.echo(f"{found.files:,} files, {printed.size(found.bytes)}. {outcome}")
    if found.damaged:
        raise click.exceptions.Exit(1)


@cache.command()
@click.option("--to", "to_bytes", type=_Size(), help="What to leave, such as 2GB or 0; cache.max_bytes unless given.")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@_as_json
def prune(to_bytes: int | None, dry_run: bool, as_json: bool) -> None:
    """Remove what was not used for the longest, clips before runs; what is in use stays."""
    keeper = _keeper()
    limit = keeper.max_bytes if to_bytes is None else to_bytes
    if limit is None or (to_bytes is None and not limit):
        raise click.UsageError("The cache has no limit. Say what to leave, as in --to 2GB.")
    found = keeper.prune(limit, dry_run=dry_run)
    if as_json:
        click.echo(printed.json_line(asdict(found) | {"dry_run": dry_run}))
        return
    went = "would go" if dry_run else "went"
    click.echo(
        f"{found.files:,} files, {printed.size(found.bytes)}, {went}. {printed.size(found.left_bytes)} are left."
    )
    if found.left_bytes > limit:
        click.echo(f"{printed.size(found.in_use_bytes)} of it are in use and stay: try again in an hour.")


def _keeper() -> Keeper:
    from voice_app import wiring

    return wiring.keeper(settings.load())
