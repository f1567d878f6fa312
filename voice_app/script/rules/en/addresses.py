"""Addresses: web and mail, of which the site is said and never the whole path; streets, towns and telephones."""

from __future__ import annotations

import re

from voice_app.script.rules.en.units import SKY
from voice_app.script.rules.en.words import either, figure_by_figure, in_pairs, written_out
from voice_app.script.rules.rule import Rule

_ENDINGS = "com|org|net|edu|gov|info|app|dev|io|eu|uk|de|fr|es|it|nl|ca|au|us|int|example"

_FILES = "pdf|txt|html|csv|docx?|xlsx?|jpe?g|png|mp3|mp4|zip|json|md|py|js"
_ROADS = {
    "Ave.": "Avenue", "Blvd.": "Boulevard", "Pkwy.": "Parkway", "Hwy.": "Highway", "Rd.": "Road", "Ln.": "Lane",
}  # fmt: skip
_STREETS = _ROADS | {"St.": "Street"}
_STATES = {
    "Ala.": "Alabama", "Ariz.": "Arizona", "Ark.": "Arkansas", "Calif.": "California", "Colo.": "Colorado",
    "Conn.": "Connecticut", "Del.": "Delaware", "Fla.": "Florida", "Ga.": "Georgia", "Ill.": "Illinois",
    "Ind.": "Indiana", "Kan.": "Kansas", "Ky.": "Kentucky", "La.": "Louisiana", "Md.": "Maryland",
    "Mass.": "Massachusetts", "Mich.": "Michigan", "Minn.": "Minnesota", "Miss.": "Mississippi", "Mo.": "Missouri",
    "Mont.": "Montana", "Neb.": "Nebraska", "Nev.": "Nevada", "Okla.": "Oklahoma", "Ore.": "Oregon",
    "Pa.": "Pennsylvania", "Tenn.": "Tennessee", "Tex.": "Texas", "Va.": "Virginia", "Vt.": "Vermont",
    "Wash.": "Washington", "Wis.": "Wisconsin", "Wyo.": "Wyoming",
}  # fmt: skip
_SIDES = {"N": "North", "S": "South", "E": "East", "W": "West"}
_HALVES = "(?:Korea|Africa|America|Carolina|Dakota|Virginia|Ireland|Sudan|Yorkshire|Sussex|Germany|Europe)"
_COUNTIES = "(?:Antrim|Armagh|Clare|Cork|Donegal|Down|Durham|Galway|Kerry|Kildare|Limerick|Mayo|Sligo|Tyrone|Wicklow)"
_IN_A_STREET = (
    "Station|Bridge|Market|Journal|Theat(?:er|re)|School|Church|Park|Bar|Cafe|Gallery|and|N\\.?W|S\\.?W|N\\.?E|S\\.?E"
)


_TRANSPORT = "train|flight|route|line|railway|road|ferry|bus|race|motorway|service|border|corridor"


def _dotted(name: str) -> str:
    return name.removeprefix("www.").replace("-", " ").replace(".", " dot ")


def _site(match: re.Match[str]) -> str:
    return _dotted(match.group("host")) + (match.group("after") or "")


def _mail(match: re.Match[str]) -> str:
    name = re.sub(r"[._-]", lambda m: {".": " dot ", "_": " underscore ", "-": " dash "}[m.group()], match.group(1))
    return f"{name} at {_dotted(match.group(2))}"


def _file(match: re.Match[str]) -> str:
    return f"{re.sub('[_-]+', ' ', match.group(1))} dot {' '.join(match.group(2).upper())}"


def _street(match: re.Match[str]) -> str:
    lead, letter, road = match.group("no"), match.group("letter"), match.group("road")
    number = f"{in_pairs(int(match.group('number')))}{f' {letter}' if letter else ''}"
    return f"{'number ' if lead else ''}{number}{match.group('name')} {_STREETS.get(road.rstrip('.') + '.', road)}"


def _state(match: re.Match[str]) -> str:
    state = _STATES.get(match.group("short"))
    return written_out(match, f"{'West ' if match.group('west') else ''}{state}") if state else match.group()


def _is_after_a_name(match: re.Match[str]) -> bool:
    word = match.string[: match.start()].rstrip().rpartition(" ")[2].lstrip("(“\"'")
    return word[:1].isupper() or word[:1].isdigit()


def _dot(match: re.Match[str]) -> str:
    ending = match.group(1)
    is_spelt = re.fullmatch(_FILES, ending) is not None
    return f"dot {' '.join(ending.upper()) if is_spelt else ending.lower()}"


RULES = (
    Rule(
        name="mail addresses",
        pattern=re.compile(r"\b([\w.+-]{1,64})@([\w-]+(?:\.[\w-]+)+)\b"),
        say=_mail,
        examples=(
            ("Write to ann.lee@example.org today.", "Write to ann dot lee at example dot org today."),
            ("help@voice-app.example", "help at voice app dot example"),
            ("meet @ noon", "meet @ noon"),
        ),
    ),
    Rule(
        name="web addresses",
        pattern=re.compile(r"(?:https?://(?:[^\s/@]+@)?|(?=www\.))(?P<host>[\w-]+(?:\.[\w-]+)*)(?::\d+)?(?:[/?#][^\s<>\"]*?)?(?P<after>[.,;:!?)]*)(?=[\s<>\"]|$)"),
        say=_site,
        examples=(
            ("See https://example.com/a/b?x=1.", "See example dot com."),
            ("Visit www.example.org!", "Visit example dot org!"),
            ("the http protocol", "the http protocol"),
        ),
    ),
    Rule(
        name="bare site names",
        pattern=re.compile(rf"(?<![\w-])(?<!\w\.(?=[a-z0-9]))(?P<host>[A-Za-z0-9][A-Za-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:{_ENDINGS}))(?P<after>)\b(?!\.\w)(?:/[^\s<>\"]*[\w/])?"),
        say=_site,
        examples=(
            ("ask voice-app.example about it", "ask voice app dot example about it"),
            ("at example.com/help today", "at example dot com today"),
            ("the end. It began", "the end. It began"),
        ),
    ),
    Rule(
        name="file names",
        pattern=re.compile(r"(?<![\w./-])([A-Za-z]\w*(?:-\w+)*)\.(" + _FILES + r")\b(?!\.\w)"),
        say=_file,
        examples=(
            ("open read_me.txt now", "open read me dot T X T now"),
            ("my-file.pdf", "my file dot P D F"),
            ("the pdf file", "the pdf file"),
        ),
    ),
    Rule(
        name="names that begin with a dot",
        pattern=re.compile(rf"(?<![^\s(/“‘])\.(NET|env|config|gitignore|com|org|edu|gov|net|{_FILES})\b(?!\.\w)"),
        say=_dot,
        examples=(
            ("C#, .NET and F#", "C#, dot net and F#"),
            ("a .pdf file", "a dot P D F file"),
            ("the end .Then", "the end .Then"),
            ("ASP.NET", "ASP.NET"),
        ),
    ),
    Rule(
        name="parts of the world",
        pattern=re.compile(
            rf"\b(?P<side>[NSEW])\. (?={_HALVES}|(?:\d{{1,3}}(?:st|nd|rd|th)|[A-Z][a-z]+)"
            rf" (?:St\.|Street|Avenue|{either(_ROADS)}))"
        ),
        say=lambda m: f"{_SIDES[m.group('side')]} ",
        examples=(
            ("in N. Korea", "in North Korea"),
            ("on E. 42nd St. today", "on East 42nd St. today"),
            ("12 S. Park Blvd.", "12 South Park Blvd."),
            ("E. Smith", "E. Smith"),
        ),
    ),
    Rule(
        name="streets with a number",
        pattern=re.compile(
            rf"(?<![\w.,$£-])(?<!€)(?P<no>No\. )?(?P<number>[1-9]\d{{0,3}})(?P<letter>[A-Z]?)"
            rf"(?P<name>(?: [A-Z][a-z]+){{1,3}}) (?P<road>St\.|Street|Avenue|{either(_ROADS)}"
            r"|(?:St|Ave|Rd|Ln|Blvd)(?=[,;:)]|$|['’]s\b| (?:[a-z]|NW|NE|SW|SE)))(?!\w)"
        ),
        say=lambda m: written_out(m, _street(m)),
        examples=(
            ("at 40 Main St. today", "at forty Main Street today"),
            ("12 Long Lane Street", "twelve Long Lane Street"),
            ("14 High St, Leeds", "fourteen High Street, Leeds"),
            ("5 Churches St Mary", "5 Churches St Mary"),
            ("221B Baker St.", "two twenty-one B Baker Street."),
            ("1600 Pennsylvania Avenue", "sixteen hundred Pennsylvania Avenue"),
            ("at No. 10 Downing Street", "at number ten Downing Street"),
            ("St. James", "St. James"),
        ),
    ),
    Rule(
        name="streets",
        pattern=re.compile(
            r"(?:(?<=[a-z] )|(?<=\d(?:st|nd|rd|th) ))St\.(?=\s+[a-z&]|\s+(?:" + _IN_A_STREET + r")\b|[,;:)]|$)"
        ),
        say=lambda m: written_out(m, "Street") if _is_after_a_name(m) else m.group(),
        examples=(
            ("on Baker St. in St. Louis", "on Baker Street in St. Louis"),
            ("from 42nd St. to Wall St.", "from 42nd Street to Wall Street."),
            ("W. 42nd St. & 5th", "W. 42nd Street & 5th"),
            ("Mount St. Helens", "Mount St. Helens"),
            ("the St. Paul team", "the St. Paul team"),
        ),
    ),
    Rule(
        name="roads and where they lead",
        pattern=re.compile(
            r"\b(?P<road>(?:I|US|SR|Route|Highway|Hwy|Interstate)[- ]\d{1,3}) (?P<way>[NSEW])\b(?!\.\w)"
        ),
        say=lambda m: f"{m['road']} {SKY[m['way']]}",
        examples=(("Take I-95 N to", "Take I-95 north to"), ("US 1 S.", "US 1 south."), ("a 5 N force", "a 5 N force")),
    ),
    Rule(
        name="ZIP codes behind a state",
        pattern=re.compile(r"(?:(?<=, [A-Z]{2} )|(?<=D\.C\. ))(\d{5})(?:-(\d{4}))?(?![\d,.]\d)"),
        say=lambda m: ", ".join(figure_by_figure(part) for part in m.groups() if part),
        examples=(
            ("Reno, NV 89501", "Reno, NV eight nine five zero one"),
            ("in Washington, D.C. 20500", "in Washington, D.C. two zero five zero zero"),
            ("about 20500 people", "about 20500 people"),
        ),
    ),
    Rule(
        name="roads",
        pattern=re.compile(rf"(?<=[a-z] )(?P<short>{either(_ROADS)})(?!\w)"),
        say=lambda m: written_out(m, _ROADS[m.group("short")]),
        examples=(
            ("Fifth Ave. at night", "Fifth Avenue at night"),
            ("on Sunset Blvd.", "on Sunset Boulevard."),
            ("Ave. Maria", "Ave. Maria"),
        ),
    ),
    Rule(
        name="states",
        pattern=re.compile(
            r"(?:(?<=[A-Za-z], )|(?<=\b[RDI]-))(?P<west>W\. )?"
            r"(?P<short>[A-Z][a-z]{1,4}\.)(?!\w)(?<!Miss\.(?= [A-Z]))"
        ),
        say=_state,
        examples=(
            ("Memphis, Tenn., is", "Memphis, Tennessee, is"),
            ("Lee (D-Calif.) left", "Lee (D-California) left"),
            ("Bluefield, W. Va.", "Bluefield, West Virginia."),
            ("a lot, Miss. Lee", "a lot, Miss. Lee"),
            ("Jackson, Miss. (AP)", "Jackson, Mississippi (AP)"),
            ("he is, ill. and", "he is, ill. and"),
        ),
    ),
    Rule(
        name="counties",
        pattern=re.compile(rf"\bCo\. (?={_COUNTIES})"),
        say="County ",
        examples=(("in Co. Cork", "in County Cork"), ("Co. Durham", "County Durham"), ("the Co. Day", "the Co. Day")),
    ),
    Rule(
        name="forts and points",
        pattern=re.compile(r"(?<!\d )(?<![\w.-])(?:Ft\.?|Pt\.) (?=[A-Z][a-z])"),
        say=lambda m: "Fort " if m.group()[0] == "F" else "Point ",
        examples=(
            ("in Ft. Worth today", "in Fort Worth today"),
            ("Ft Lauderdale", "Fort Lauderdale"),
            ("at Pt. Reyes", "at Point Reyes"),
            ("10 Ft. Then", "10 Ft. Then"),
        ),
    ),
    Rule(
        name="place to place",
        pattern=re.compile(rf"\b([A-Z]\w+)–([A-Z]\w+)(?= (?:{_TRANSPORT})\b)"),
        say=r"\1 to \2",
        examples=(
            ("the London–Paris train", "the London to Paris train"),
            ("the Rome–Milan line", "the Rome to Milan line"),
            ("the Epstein–Barr virus", "the Epstein–Barr virus"),
        ),
    ),
)  # fmt: skip
