"""Times: how long somebody took, and hours of the day in unusual spellings."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import cardinal
from voice_app.script.rules.rule import Rule

_OF_THE_DAY = r"(?:[01]\d|2[0-3])[0-5]\d"


def _long(match: re.Match[str]) -> str:
    """Hours, minutes and seconds, but for those that are nought."""
    parts = [(int(match["hours"]), "hour"), (int(match["minutes"]), "minute"), (_plain(match["seconds"]), "second")]
    said = [f"{number} {name}{'s' * (number not in (1, '1'))}" for number, name in parts if number]
    return match.group() if match["lead"] or not said else " ".join(said)


def _plain(figures: str) -> str:
    """Without noughts before it, and empty when it is nought."""
    whole, stop, part = figures.partition(".")
    return f"{int(whole)}{stop}{part}" if int(whole) or part else ""


def _clock_or_length(match: re.Match[str]) -> str:
    lead, hours, minutes = match["lead"] or "", int(match["hours"]), match["minutes"]
    if lead or hours > 9:
        return f"{lead}{hours}:{minutes}"
    return f"{hours} hour{'s' * (hours != 1)}" + (f" {int(minutes)}" if minutes != "00" else "")


def _of_the_day(figures: str) -> str:
    hours, minutes = int(figures[:2]), int(figures[2:])
    lead = "oh " if 0 < hours < 10 else ""
    return f"{lead}{cardinal(hours)} " + (
        "hundred" if not minutes else f"{'oh ' if minutes < 10 else ''}{cardinal(minutes)}"
    )


def _hours_of_the_day(match: re.Match[str]) -> str:
    first, last = match["first"], match["last"]
    is_time = first[0] == "0" or (match["hours"] and (last or match["at"]))
    if not is_time or not (last or match["hours"]):
        return match.group()
    said = f"{match['at'] or ''}{_of_the_day(first)}" + (f" to {_of_the_day(last)}" if last else "")
    return said + (" hours" if match["hours"] else "")


RULES = (
    Rule(
        name="hours, minutes and seconds",
        pattern=re.compile(
            r"(?P<lead>\b(?:[Aa]t|[Ff]rom|until|till|since|by|before|after|around) |\d )?(?<![\d:.,])"
            r"(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d(?:\.\d{1,3})?)"
            r"(?![\d:]|\.\d| ?(?:[ap]\.?m|UTC|GMT))"
        ),
        say=_long,
        examples=(
            ("a time of 1:00:05", "a time of 1 hour 5 seconds"),
            ("3:59:12.", "3 hours 59 minutes 12 seconds."),
            ("1:31:44.742;", "1 hour 31 minutes 44.742 seconds;"),
            ("at 14:05:30", "at 14:05:30"),
        ),
    ),
    Rule(
        name="minutes and seconds with a part",
        pattern=re.compile(r"(?<![\d:.,])(\d{1,2}):([0-5]\d)(\.\d{1,3})(?![\d:])"),
        say=lambda m: f"{m[1]} minute{'s' * (m[1] != '1')} {int(m[2])}{m[3]} seconds",
        examples=(("in 1:41.73", "in 1 minute 41.73 seconds"), ("3:05.2", "3 minutes 5.2 seconds"), ("3:05.", "3:05.")),
    ),
    Rule(
        name="how long somebody ran",
        pattern=re.compile(
            r"(?P<lead>\b(?:ran|run|runs|running|swam|rowed|skied|cycled|biked|raced|finish|finished|finishing|"
            r"completed|clocked|covered)\b[^.;:]{0,30}? in |\b(?:clocked|lasted|personal best of|record of) |"
            r"\b(?:finish|winn)ing time of )(?P<minutes>\d{1,2}):(?P<seconds>[0-5]\d)(?![\d:]|\.\d| ?[ap]\.?m)"
        ),
        say=lambda m: (
            f"{m['lead']}{m['minutes']} minute{'s' * (m['minutes'] != '1')}"
            + (f" {int(m['seconds'])}" if m["seconds"] != "00" else "")
        ),
        examples=(
            ("He ran 5 km in 20:15.", "He ran 5 km in 20 minutes 15."),
            ("a record of 4:00", "a record of 4 minutes"),
            ("It runs at 20:15", "It runs at 20:15"),
        ),
    ),
    Rule(
        name="less than so many minutes",
        pattern=re.compile(r"(?<=\bsub-)(\d{1,2}):00\b(?!:)"),
        say=lambda m: f"{m[1]}-minute",
        examples=(("a sub-4:00 mile", "a sub-4-minute mile"), ("sub-10:00", "sub-10-minute"), ("sub-2:05", "sub-2:05")),
    ),
    Rule(
        name="times with a stop",
        pattern=re.compile(
            r"(?<![\d:.,])\d{1,2}\.[0-5]\d(?=(?:\s?[–-]\s?\d{1,2}(?:\.[0-5]\d)?)? ?[ap]\.?m\b)"
            r"|(?<=\bat )0\d\.[0-5]\d(?![\d%])"
        ),
        say=lambda m: m.group().replace(".", ":"),
        examples=(
            ("at 7.30pm", "at 7:30pm"),
            ("7.30–9.30pm", "7:30–9:30pm"),
            ("at 08.15 from", "at 08:15 from"),
            ("2.30 percent", "2.30 percent"),
        ),
    ),
    Rule(
        name="hours or minutes called so",
        pattern=re.compile(r"(?<![\d:.,])(\d{1,2}):([0-5]\d) (hour|minute)s\b"),
        say=lambda m: f"{m[1]} {m[3]}{'s' * (m[1] != '1')} {int(m[2])}" if m[2] != "00" else f"{m[1]} {m[3]}s",
        examples=(("2:30 hours", "2 hours 30"), ("4:00 minutes", "4 minutes"), ("at 2:30 he", "at 2:30 he")),
    ),
    Rule(
        name="hours and minutes with an h",
        pattern=re.compile(
            r"(?P<lead>\b(?:[Aa]t|[Ff]rom|until|till|since|by|before|after|around|to) )?(?<![\w.,:])"
            r"(?P<hours>[01]?\d|2[0-3])h(?P<minutes>[0-5]\d)(?!\w)"
        ),
        say=_clock_or_length,
        examples=(
            ("We meet at 14h30.", "We meet at 14:30."),
            ("a film of 2h05", "a film of 2 hours 5"),
            ("at 9h00", "at 9:00"),
            ("the 5h rule", "the 5h rule"),
        ),
    ),
    Rule(
        name="hours of the day without a colon",
        pattern=re.compile(
            rf"(?P<at>\b[Aa]t )?(?<![\w.,:/+-])(?P<first>{_OF_THE_DAY})(?:\s?(?:[–-]|to)\s?(?P<last>{_OF_THE_DAY}))?"
            r"(?![\w.,-]*\d)(?P<hours>\s?(?:hrs?|hours|h)\b(?! of))?(?!\w)"
        ),
        say=_hours_of_the_day,
        examples=(
            ("open 0800–1700 hrs", "open oh eight hundred to seventeen hundred hours"),
            ("from 0930 to 1715", "from oh nine thirty to seventeen fifteen"),
            ("at 1700 hours", "at seventeen hundred hours"),
            ("some 1200 hours", "some 1200 hours"),
            ("1914-1918", "1914-1918"),
        ),
    ),
)
