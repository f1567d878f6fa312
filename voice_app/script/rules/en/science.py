"""Science: formulas with their charge, kinds of atoms, masses of the sun, ends of a strand."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import cardinal, in_pairs
from voice_app.script.rules.rule import Rule

_ELEMENT = (
    "(?:A[glsu]|B[are]|C[alru]|Fe|H[ge]|Li|M[gn]|N[ai]|Pb|S[inr]|Ti|Zn|[BCFHIKNOPS])"  # those that formulas are made of
)
_ATOMS = {
    "H": "hydrogen", "He": "helium", "Be": "beryllium", "C": "carbon", "N": "nitrogen", "O": "oxygen", "F": "fluorine",
    "Al": "aluminum", "Cl": "chlorine", "Ar": "argon", "K": "potassium", "Ca": "calcium", "Fe": "iron", "Co": "cobalt",
    "Ni": "nickel", "Sr": "strontium", "Tc": "technetium", "I": "iodine", "Xe": "xenon", "Cs": "cesium", "Pb": "lead",
    "Po": "polonium", "Rn": "radon", "Ra": "radium", "Th": "thorium", "U": "uranium", "Pu": "plutonium",
}  # fmt: skip
_GASES = {"H2", "N2", "O2", "O3", "Cl2", "F2"}
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUNS = {"M": "solar masses", "R": "solar radii", "L": "solar luminosities"}


def _formula(match: re.Match[str]) -> str:
    """Letter by letter, the figures as numbers; the last figure before a charge belongs to it ("SO42−")."""
    count, formula, charge = match["count"], match["formula"], match["charge"]
    elements = re.findall(r"([A-Z][a-z]?)(\d*)", formula)
    is_formula = (
        charge or (len(elements) > 1 and any(number for _, number in elements)) or (count and formula in _GASES)
    )
    if not is_formula:
        return match.group()
    said = [cardinal(int(count))] if count else []
    for place, (element, number) in enumerate(elements, start=1):
        said += element.upper()
        if charge and place == len(elements) and len(number) == 2:
            said += [cardinal(int(figure)) for figure in number]
        elif number:
            said.append(cardinal(int(number)))
    return " ".join([*said, "plus" if charge == "+" else "minus"] if charge else said)


def _isotope(match: re.Match[str]) -> str:
    name = _ATOMS.get(match[2])
    return f"{name} {in_pairs(int(match[1].translate(_RAISED)))}" if name else match.group()


RULES = (
    Rule(
        name="formulas",
        pattern=re.compile(
            rf"(?<![\w.,/-])(?<!–)(?P<count>\d{{1,2}})?(?P<formula>(?:{_ELEMENT}\d{{0,2}}){{1,8}})(?P<charge>[+−⁻](?=[\s,.;:)]|$))?(?![\w+]|-\d)"
        ),
        say=_formula,
        examples=(
            ("part H2O2 plays", "part H two O two plays"),
            ("2H2O", "two H two O"),
            ("SO42− and Ca2+ ions", "S O four two minus and C A two plus ions"),
            ("a CO of NaCl", "a CO of NaCl"),
            ("2H2 + O2", "two H two + O2"),
            ("the F16 and vitamin B12", "the F16 and vitamin B12"),
        ),
    ),
    Rule(
        name="kinds of atoms",
        pattern=re.compile(r"(?<![\w⁰¹²³⁴-⁹])([⁰¹²³⁴-⁹]{1,3})([A-Z][a-z]?)(?![\w])(?![⁺⁻])"),
        say=_isotope,
        examples=(("from ¹⁴C dates", "from carbon fourteen dates"), ("²³⁵U", "uranium two thirty-five"), ("³X", "³X")),
    ),
    Rule(
        name="kinds of atoms behind a name",
        pattern=re.compile(
            r"\b((?:U|Pu|Cs|Sr|Th|[Uu]ranium|[Pp]lutonium|[Cc]a?esium|[Ii]odine|[Tt]horium|[Rr]adon|[Rr]adium|[Aa]mericium))-(\d{3})\b"
        ),
        say=lambda m: f"{m[1]} {in_pairs(int(m[2]))}",
        examples=(
            ("iodine-131 and U-238", "iodine one thirty-one and U two thirty-eight"),
            ("Cesium-137", "Cesium one thirty-seven"),
            ("carbon-14", "carbon-14"),
        ),
    ),
    Rule(
        name="measured by the sun",
        pattern=re.compile(r"(?<=\d)\s?([MRL])[☉⊙](?!\w)"),
        say=lambda m: f" {_SUNS[m[1]]}",
        examples=(("1.4 M☉ and", "1.4 solar masses and"), ("10 R⊙", "10 solar radii"), ("5 M", "5 M")),
    ),
    Rule(
        name="millions of years ago",
        pattern=re.compile(r"(?<=\d)\s?([MGk])a(?= ago\b)"),
        say=lambda m: {"M": " million", "G": " billion", "k": " thousand"}[m[1]] + " years",
        examples=(
            ("68–66 Ma ago", "68–66 million years ago"),
            ("4.5 Ga ago", "4.5 billion years ago"),
            ("5 Ma", "5 Ma"),
        ),
    ),
    Rule(
        name="ends of a strand",
        pattern=re.compile(r"(?<![\w.,])([35])′(?=[\s,;.)–-]|$)(?! ?\d)"),
        say=lambda m: f"{cardinal(int(m[1]))} prime",
        examples=(
            ("from 5′ to 3′", "from five prime to three prime"),
            ("3′-end", "three prime-end"),
            ("5′ 11″", "5′ 11″"),
        ),
    ),
)
