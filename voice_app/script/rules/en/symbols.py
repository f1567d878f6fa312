"""Signs between words and numbers."""

from __future__ import annotations

import re

from voice_app.script.rules.rule import Rule

_BETWEEN = {
    "=": "equals", "+": "plus", "×": "times", "÷": "divided by", "→": "to", "&": "and", "@": "at", "<": "less than",
    ">": "more than", "≠": "is not equal to", "≈": "is about",
}  # fmt: skip
_BEFORE = {
    "~": "about ", "≈": "about ", "±": "plus or minus ", "≥": "at least ", "≤": "at most ", "#": "number ",
    "<": "less than ", ">": "more than ", "§": "section ", "×": "times ",
}  # fmt: skip


def _signs(signs: dict[str, str]) -> str:
    return "[" + re.escape("".join(signs)) + "]"


_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "κ": "kappa", "λ": "lambda", "µ": "mu", "μ": "mu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau",
    "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "gamma", "Δ": "delta", "∆": "delta", "Θ": "theta",
    "Λ": "lambda", "Π": "pi", "Σ": "sigma", "Φ": "phi", "Ψ": "psi", "Ω": "omega",
}  # fmt: skip
_RAISED = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")
_MINUS = str.maketrans("−", "-")
_ROOTS = {"√": "square", "∛": "cube"}
_COMPARED = {
    "<": "is less than", ">": "is greater than", "≤": "is at most", "≥": "is at least", "=": "equals",
}  # fmt: skip


def _greek(match: re.Match[str]) -> str:
    """The letter's name, set apart from what it is written to."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return f"{' ' * before.isalnum()}{_GREEK[match.group()]}{' ' * after.isalnum()}"


def _power(power: str) -> str:
    named = {"2": " squared", "3": " cubed"}.get(power)
    return named or f" to the power of {power.translate(_MINUS)}".replace("-", "minus ").replace("+", "plus ")


def _scientific(match: re.Match[str]) -> str:
    times = "" if match.group(1) in ("1", "1.0") else f"{match.group(1)} times "
    return f"{times}10{_power(match.group(2).removeprefix('+'))}"


RULES = (
    Rule(
        name="numbers of computers",
        pattern=re.compile(r"(?<![\w.,-])(\d(?:\.\d{1,4})?)(?:[eE](?=[-−+])|e)([-−+]?\d{1,3})(?![\w-]|\.\d)"),
        say=_scientific,
        examples=(
            ("1e-5", "10 to the power of minus 5"),
            ("2.5E+8.", "2.5 times 10 to the power of 8."),
            ("room 3E12", "room 3E12"),
        ),
    ),
    Rule(
        name="times a power of ten",
        pattern=re.compile(r"[×x·*](?:(?<=\d.)|(?<=\d .))\s?(?=10(?:\^|⁻?[⁰¹²³⁴-⁹]))"),
        say=lambda m: f"{' ' * m.string[m.start() - 1].isdigit()}times ",
        examples=(("3×10⁸", "3 times 10⁸"), ("2 x 10^6", "2 times 10^6"), ("3×10 cm", "3×10 cm")),
    ),
    Rule(
        name="powers",
        pattern=re.compile(
            r"\^(?:(?<=[\d)].)|(?<=(?<![\w.])[A-Za-zα-ω].))(?:[({](?P<inside>[-−+]?(?:\d{1,4}|[a-zA-Z]))[)}]|(?P<power>(?!0)[-−+]?(?:\d{1,4}|[a-zA-Z])))(?!\w)"
        ),
        say=lambda m: _power(m.group("inside") or m.group("power")),
        examples=(
            ("10^6", "10 to the power of 6"),
            ("e^x", "e to the power of x"),
            ("2^{-3}", "2 to the power of minus 3"),
            ("O(x^2)", "O(x squared)"),
            ("branch^2", "branch^2"),
        ),
    ),
    Rule(
        name="raised powers",
        pattern=re.compile(
            r"(?:[⁻⁺](?=[⁰¹²³⁴-⁹])|[²³⁴-⁹]|¹(?=[⁰¹²³⁴-⁹]))(?<=[\d)].)[⁰¹²³⁴-⁹]{0,2}|"
            r"[²³⁴-⁹](?<=(?<![\w.])[a-zA-Zα-ω].)(?!\w)"
        ),
        say=lambda m: _power(m.group().translate(_RAISED)),
        examples=(
            ("10⁶", "10 to the power of 6"),
            ("10⁻⁵", "10 to the power of minus 5"),
            ("x³", "x cubed"),
            ("so it is⁴", "so it is⁴"),
            ("in 5¹ of them", "in 5¹ of them"),
        ),
    ),
    Rule(
        name="roots",
        pattern=re.compile(r"[√∛]\s?(?=[\w(])"),
        say=lambda m: f"{' times ' * m.string[: m.start()][-1:].isdigit()}the {_ROOTS[m.group()[0]]} root of ",
        examples=(
            ("√16", "the square root of 16"),
            ("2√3", "2 times the square root of 3"),
            ("√ ", "√ "),
        ),
    ),
    Rule(
        name="salts",  # the normaliser would say "N a", like a word
        pattern=re.compile(r"\b(?:NaCl|KCl|HCl|NaOH|KOH|NaF|CaO|MgO|ZnO)\b"),
        say=lambda m: " ".join(m.group().upper()),
        examples=(("add NaCl", "add N A C L"), ("in 1 M HCl.", "in 1 M H C L."), ("the NaCls", "the NaCls")),
    ),
    Rule(
        name="without end",
        pattern=re.compile(r"∞"),
        say="infinity",
        examples=(("up to ∞", "up to infinity"), ("∞.", "infinity."), ("8", "8")),
    ),
    Rule(
        name="in a thousand",
        pattern=re.compile(r"‰(?:(?<=\d.)|(?<=\d .))"),
        say=lambda m: f"{' ' * m.string[m.start() - 1].isdigit()}per thousand",
        examples=(("5‰", "5 per thousand"), ("0.8 ‰.", "0.8 per thousand."), ("5%", "5%")),
    ),
    Rule(
        name="Greek letters",
        pattern=re.compile(rf"[{''.join(_GREEK)}](?<![Ͱ-Ͽἀ-῿].)(?![Ͱ-Ͽἀ-῿])"),
        say=_greek,
        examples=(
            ("TNF-α", "TNF-alpha"),
            ("Δt", "delta t"),
            ("IFNγ levels", "IFN gamma levels"),
            ("λόγος", "λόγος"),
        ),
    ),
    Rule(
        name="plus or minus between numbers",
        pattern=re.compile(r"±(?<=[\w)%°].)\s?(?=[\d.])"),
        say=" plus or minus ",
        examples=(("12.5±0.3 mm", "12.5 plus or minus 0.3 mm"), ("5%±1%", "5% plus or minus 1%"), ("±5", "±5")),
    ),
    Rule(
        name="limits written to a word",
        pattern=re.compile(r"(?P<sign>[<>≤≥])(?<=[A-Za-z\d]{2}.)(?=\d)"),
        say=lambda m: f" {_BEFORE[m.group('sign')]}",
        examples=(
            ("a BMI≥30", "a BMI at least 30"),
            ("CD4<200", "CD4 less than 200"),
            ("a<b", "a<b"),
        ),
    ),
    Rule(
        name="comparisons",
        pattern=re.compile(r"(?<![\w'])(?<!’)(?P<what>[b-zB-HJ-Z]|p-value) ?(?P<sign>[<>≤≥=]) ?(?=[-−]?[\d.])"),
        say=lambda m: f"{m.group('what')} {_COMPARED[m.group('sign')]} ",
        examples=(
            ("If x > 3, stop", "If x is greater than 3, stop"),
            ("(p < 0.05)", "(p is less than 0.05)"),
            ("n=40", "n equals 40"),
            ("costs > 5", "costs > 5"),
        ),
    ),
    Rule(
        name="signs before numbers",
        pattern=re.compile(rf"(?P<lead>^|(?<=[\s(±]))(?P<sign>{_signs(_BEFORE)})\s?(?=[\d$€£])"),
        say=lambda m: _BEFORE[m.group("sign")],
        examples=(
            ("~5 people", "about 5 people"),
            ("aged ≥ 18", "aged at least 18"),
            ("(< 3 hours)", "(less than 3 hours)"),
            ("± 2 points", "plus or minus 2 points"),
            ("C# 7", "C# 7"),
        ),
    ),
    Rule(
        name="ways through menus",
        pattern=re.compile(r"(?<=[a-z.]) > (?=[A-Z][a-z])"),
        say=", ",
        examples=(
            ("Choose File > Save As > PDF", "Choose File, Save As > PDF"),
            ("Home > News", "Home, News"),
            ("x > 5", "x > 5"),
        ),
    ),
    Rule(
        name="signs between words",
        pattern=re.compile(rf"(?<=[\w)%]) (?P<sign>{_signs(_BETWEEN)}) (?=[\w($€£]|\.\d)"),
        say=lambda m: f" {_BETWEEN[m.group('sign')]} ",
        examples=(
            ("The immune system & MS", "The immune system and MS"),
            ("2 + 2 = 4", "2 plus 2 equals 4"),
            ("Paris → Rome", "Paris to Rome"),
            ("AT&T", "AT&T"),
        ),
    ),
    Rule(
        name="two letters and a sign",
        pattern=re.compile(r"(?<![\w&])([A-Z])&([A-Z])(?![\w&])"),
        say=r"\1 and \2",
        examples=(("a Q&A", "a Q and A"), ("R&D costs", "R and D costs"), ("AT&T", "AT&T")),
    ),
    Rule(
        name="sections",
        pattern=re.compile(r"§§\s?(?=\d)"),
        say="sections ",
        examples=(("§§ 3 and 4", "sections 3 and 4"), ("§§3", "sections 3"), ("§ 3", "§ 3")),
    ),
    Rule(
        name="numbers of sections and versions",
        pattern=re.compile(r"(?<![\w.:/$£-])(?<!€)\d{1,3}(?:\.\d{1,3}){2,3}(?![\w.:/-]*\w)"),
        say=lambda m: m.group().replace(".", " point "),
        examples=(
            ("1.1.1 The weather", "1 point 1 point 1 The weather"),
            ("See section 2.3.1.", "See section 2 point 3 point 1."),
            ("on 03.05.2024", "on 03.05.2024"),
            ("2.3 metres", "2.3 metres"),
        ),
    ),
    Rule(
        name="faces made of signs are not said",
        pattern=re.compile(r"(?:^|\s)[:;]['’]?-?[)(DP](?!\S)"),
        say="",
        examples=(("fine :) now", "fine now"), ("so so ;-)", "so so"), ("(a: b)", "(a: b)")),
    ),
    Rule(
        name="marks of layout are not said",
        pattern=re.compile(r"[•‣▪■●◦*_|`~^\\]+"),
        say=" ",
        examples=(("• first", "  first"), ("a | b", "a   b"), ("plain-text", "plain-text")),
    ),
    Rule(
        name="three stops are a pause",
        pattern=re.compile(r"\.{2,}|…"),
        say=",",
        examples=(("Well... yes", "Well, yes"), ("and so…", "and so,"), ("The end.", "The end.")),
    ),
    Rule(
        name="typewriter dashes are dashes",
        pattern=re.compile(r"\s?(?:--+|(?<=\s)–(?=\s))\s?"),
        say=" — ",
        examples=(("yes -- no", "yes — no"), ("yes – no", "yes — no"), ("10–20", "10–20")),
    ),
)
