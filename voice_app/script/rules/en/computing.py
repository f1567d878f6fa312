"""Computing: addresses of machines, paths, keys that are pressed together, signs of programs, codes with strokes."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import before, figure_by_figure, in_pairs
from voice_app.script.rules.rule import Rule

_OF_MACHINES = re.compile(
    r"\b(?:IP|IPs|IPv4|address(?:es)?|router|ping|server|host|localhost|subnet|gateway|DNS|network|LAN|firewall|proxy)\b",
    re.I,
)
_VERSION = re.compile(r"\b[Vv]ersions? $")
_KEYS = {"Ctrl": "Control", "Cmd": "Command", "Del": "Delete", "Esc": "Escape", "Win": "Windows"}
_SIGNS = {
    "==": "equals", "!=": "is not equal to", "<=": "is at most", ">=": "is at least", "&&": "and", "||": "or",
    "->": "to", "<<": "is much less than", ">>": "is much greater than",
}  # fmt: skip
_NAME = r"\.?[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*"


def _machine(match: re.Match[str]) -> str:
    """The four numbers with "dot" between them, where they are no version and no number of a section."""
    numbers = [int(part) for part in match["ip"].split(".")]
    is_private = numbers[0] in (10, 127) or max(numbers) >= 100
    if max(numbers) > 255 or _VERSION.search(before(match)) or not (is_private or _OF_MACHINES.search(match.string)):
        return match.group()
    said = " dot ".join(map(in_pairs, numbers))
    if port := match["port"]:
        said += f" port {figure_by_figure(port)}"
    return f"{said} slash {in_pairs(int(match['mask']))}" if match["mask"] else said


def _path(match: re.Match[str]) -> str:
    said = match.group().rstrip("/").replace("~", "tilde").replace("/", " slash ").replace(".", " dot ")
    return " ".join(said.split())


def _sign(match: re.Match[str]) -> str:
    """With blanks around it, where none are."""
    behind = match.string[match.end() : match.end() + 1]
    lead = "" if before(match).endswith(" ") else " "
    return f"{lead}{_SIGNS[match.group().strip()]}{'' if behind == ' ' else ' '}"


def _keys(match: re.Match[str]) -> str:
    return " ".join(_KEYS.get(key, key) for key in re.findall(r"\w+", match.group()))


def _code(match: re.Match[str]) -> str:
    """Letters one by one, figures too where they begin with a nought."""
    if not any(character.isdigit() for character in match.group()):
        return match.group()
    said = []
    for part in re.findall(r"\d+|[A-Za-z]+|[/-]", match.group()):
        if part.isdigit():
            said.append(figure_by_figure(part) if part[0] == "0" else part)
        else:
            said.append({"/": "slash", "-": "dash"}.get(part) or " ".join(part.upper()))
    return " ".join(said)


RULES = (
    Rule(
        name="addresses of machines",
        pattern=re.compile(
            r"(?<![\w./])(?P<ip>\d{1,3}(?:\.\d{1,3}){3})"
            r"(?::(?P<port>\d{2,5})|/(?P<mask>[1-3]?\d))?(?![\w/-]|[.:]\d)"
        ),
        say=_machine,
        examples=(
            ("at 192.168.0.1.", "at one ninety-two dot one sixty-eight dot zero dot one."),
            ("ping 8.8.8.8", "ping eight dot eight dot eight dot eight"),
            ("10.0.0.0/24", "ten dot zero dot zero dot zero slash twenty-four"),
            ("127.0.0.1:8080", "one twenty-seven dot zero dot zero dot one port eight zero eight zero"),
            ("section 2.3.1.4", "section 2.3.1.4"),
            ("version 10.2.3.4", "version 10.2.3.4"),
        ),
    ),
    Rule(
        name="paths",
        pattern=re.compile(rf"(?<![\w/.:<~])(?:~(?:/{_NAME}){{1,9}}|(?:/(?=[\w.]*[A-Za-z]){_NAME}){{2,9}})/?(?![\w/])"),
        say=_path,
        examples=(
            ("edit /etc/hosts first", "edit slash etc slash hosts first"),
            ("in ~/.ssh/config.", "in tilde slash dot ssh slash config."),
            ("he/she/they", "he/she/they"),
            ("10 mg/kg/day", "10 mg/kg/day"),
        ),
    ),
    Rule(
        name="keys that are pressed together",
        pattern=re.compile(
            r"\b(?:Ctrl|Cmd|Alt|Shift|Fn|Win(?=\+))(?: ?[+-] ?(?:F?\d{1,2}\b|[A-Z]\b|[A-Z][a-z]{2,8}\b)){1,3}"
        ),
        say=_keys,
        examples=(
            ("press Ctrl+C, then", "press Control C, then"),
            ("Ctrl + Shift + V", "Control Shift V"),
            ("with Alt-F4 or Win+R", "with Alt F4 or Windows R"),
            ("the Ctrl key", "the Ctrl key"),
        ),
    ),
    Rule(
        name="signs of programs",
        pattern=re.compile(
            r"(?:(?:==|!=|<=|>=|&&|\|\||->)(?=\s?[\w(\"'-])|<<(?= [\w(]) |>>(?= [\w(]) )"
            r"(?:(?<=[\w)\]]..)|(?<=[\w)\]] ..)|(?<=[\w)\]] .. ))"
        ),
        say=_sign,
        examples=(
            ("age >= 18", "age is at least 18"),
            ("foo==1.2", "foo equals 1.2"),
            ("v << c.", "v is much less than c."),
            ("a = b", "a = b"),
        ),
    ),
    Rule(
        name="colours",
        pattern=re.compile(r"#(?=[A-Fa-f]*\d)(?=\d*[A-Fa-f])[0-9A-Fa-f]{6}\b"),
        say=lambda m: (
            "hash " + " ".join(figure_by_figure(sign) if sign.isdigit() else sign.upper() for sign in m.group()[1:])
        ),
        examples=(
            ("in #FF5733 or", "in hash F F five seven three three or"),
            ("#00ff00", "hash zero zero F F zero zero"),
            ("issue #123456", "issue #123456"),
            ("#climate", "#climate"),
        ),
    ),
    Rule(
        name="codes with strokes",
        pattern=re.compile(r"(?<![\w/.-])[A-Z]{2,6}/\w{1,6}(?:[/-]\w{1,6}){1,3}(?![\w/])"),
        say=_code,
        examples=(
            ("Ref: NHS/2024/0457-B", "Ref: N H S slash 2024 slash zero four five seven dash B"),
            ("AB/12/cd", "A B slash 12 slash C D"),
            ("TCP/IP/UDP", "TCP/IP/UDP"),
        ),
    ),
)
