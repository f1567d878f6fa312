"""Numbers in Roman letters: behind rulers and popes a place in a row, elsewhere a number."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import cardinal, ordinal, roman
from voice_app.script.rules.rule import Rule

_KINDS = (
    "Episode|Type|Phase|Stage|Part|Chapter|Volume|Act|War|Class|Level|Grade|Book|Title|Schedule|Annex|Appendix|Apollo|Mark|"
    "Factor|Vatican|type|phase|stage"
)
_RULERS = {
    "Louis", "Henry", "Charles", "George", "Edward", "William", "James", "Philip", "Elizabeth", "Mary", "Pius", "Paul",
    "Benedict", "Napoleon", "Nicholas", "Alexander", "Catherine", "Frederick", "Leo", "Gregory", "Richard", "Ramses",
    "Ramesses", "Gustav", "Christian", "Margrethe", "Carl", "Peter", "Innocent", "Clement", "Cleopatra", "Ptolemy",
    "Thutmose", "Amenhotep", "Seti", "Darius", "Xerxes", "Artaxerxes", "Antiochus", "Constantine", "Theodosius",
    "Justinian", "Otto", "Conrad", "Alfonso", "Ferdinand", "Isabella", "Francis", "Felipe", "Carlos", "Umberto",
    "Emmanuel", "Wilhelm", "Ludwig", "Maximilian", "Rudolf", "Leopold", "Albert", "Haakon", "Harald", "Olav", "Oscar",
    "Magnus", "Eric", "Erik", "Valdemar", "Harold", "Edmund", "Æthelred", "Ethelred", "Malcolm", "David", "Robert",
    "Stephen", "Ivan", "Mehmed", "Murad", "Selim", "Suleiman", "Mustafa", "Bayezid", "Hamid", "Abdullah", "Hussein",
    "Hassan", "Urban", "Boniface", "Adrian", "Sixtus", "Julius", "Celestine", "Eugene", "Honorius", "Pedro", "João",
    "John", "Manuel", "Afonso", "Sigismund", "Casimir", "Béla", "Michael", "Basil", "Heraclius", "Moctezuma", "Rama",
}  # fmt: skip
# "When I met Peter I was late", but "Charles I was executed"
_SPEAKS = re.compile(r" (?:am|think|thought|know|knew|want|wanted|love|do|don['’]t|need|would|will|could|can|should)\b")
_SURNAME = re.compile(r"\. ?[A-Z][a-z]")
_KNEW = re.compile(r"\b(?:met|saw|told|asked|called|gave|let|knew) $")


def _kind(match: re.Match[str]) -> str:
    return f"{match.group(1)} {cardinal(roman(match.group(2)))}"


def _ruler(match: re.Match[str]) -> str:
    """A single "I" may be the one who speaks; a single "X" is no ruler's number ("Malcolm X")."""
    name, letters = match.groups()
    is_speaker = letters == "I" and (
        _SPEAKS.match(match.string, match.end())
        or (match.string.startswith(" was ", match.end()) and _KNEW.search(match.string, 0, match.start()))
    )
    is_initial = len(letters) == 1 and _SURNAME.match(match.string, match.end())
    if name not in _RULERS or is_speaker or is_initial or (name == "Malcolm" and letters == "X"):
        return match.group()
    return f"{name} the {ordinal(roman(letters))}"


def _pages(match: re.Match[str]) -> str:
    numbers = [cardinal(roman(number.upper())) for number in match.groups()[1:] if number]
    return f"page{'s' * (match[1] == 'pp')} {' to '.join(numbers)}"


RULES = (
    Rule(
        name="world wars",
        pattern=re.compile(r"\bWW ?(I{1,2}|[12])\b"),
        say=lambda m: f"World War {'one' if m[1] in ('I', '1') else 'two'}",
        examples=(
            ("in WWII.", "in World War two."),
            ("WW1 and WW2", "World War one and World War two"),
            ("WWF", "WWF"),
        ),
    ),
    Rule(
        name="games and congresses in a row",
        pattern=re.compile(
            r"(?<=\b[Tt]he )(?=[XVI]{2})((?:X{1,3})(?:IX|IV|V?I{0,3})|V?I{2,3}|VI|IX)(?= [A-Z][a-z]{3})"
        ),
        say=lambda m: ordinal(roman(m[1])),
        examples=(
            ("the XXIV Olympic Games", "the twenty-fourth Olympic Games"),
            ("The XI Corps", "The eleventh Corps"),
            ("the X Window", "the X Window"),
        ),
    ),
    Rule(
        name="pages in small letters",
        pattern=re.compile(r"\b(pp?)\. ([ivx]{1,6})(?:[–-]([ivx]{1,6}))?\b(?!\.\w)"),
        say=_pages,
        examples=(("on p. xii", "on page twelve"), ("pp. iv–vi.", "pages four to six."), ("p. in", "p. in")),
    ),
    Rule(
        name="Roman numbers after a kind",
        pattern=re.compile(rf"\b({_KINDS}) ([IVX]{{1,5}})\b(?!['’.]\w)"),
        say=_kind,
        examples=(
            ("a Phase III trial", "a Phase three trial"),
            ("World War II ended", "World War two ended"),
            ("Type IV", "Type four"),
            ("Type A", "Type A"),
        ),
    ),
    Rule(
        name="rulers",
        pattern=re.compile(r"\b([A-ZÆ][a-zæéã]{2,11}) (?=[IVX]{1,5}\b)((?:X{0,2})(?:IX|IV|V?I{0,3}))\b(?!['’]\w)"),
        say=_ruler,
        examples=(
            ("Louis XIV built it", "Louis the fourteenth built it"),
            ("Pope John Paul II.", "Pope John Paul the second."),
            ("Cleopatra VII and Ptolemy XII", "Cleopatra the seventh and Ptolemy the twelfth"),
            ("Charles I was executed", "Charles the first was executed"),
            ("when I met Peter I was late", "when I met Peter I was late"),
            ("George V. Higgins", "George V. Higgins"),
            ("Rocky IV", "Rocky IV"),
            ("Malcolm X", "Malcolm X"),
        ),
    ),
    Rule(
        name="films, ships and fleets with a number",
        pattern=re.compile(
            r"\b([A-Z][a-z]{2,12}) (II|III|VI{1,3}|IX|XI{1,3}|XIV|XV"
            r"|IV(?=[.,;:!?)]| (?:is|was|came|has|will)\b))(?![\w'-])(?!’)"
        ),
        say=_kind,
        examples=(
            ("Apollo XI landed", "Apollo eleven landed"),
            ("Rocky IV came", "Rocky four came"),
            ("Start IV fluids", "Start IV fluids"),
            ("an IV.", "an IV."),
        ),
    ),
)
