"""Units of measure: how each is written, and what is said for one and for many of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SMALL = {
    "m": "milli", "µ": "micro", "μ": "micro", "n": "nano", "p": "pico", "k": "kilo", "c": "centi", "d": "deci",
    "h": "hecto", "f": "femto",
}  # fmt: skip
_LARGE = {"k": "kilo", "K": "kilo", "M": "mega", "G": "giga", "T": "tera"}


def _scaled(unit: str, said: str, letters: str, *, many: str = "") -> dict[str, tuple[str, str]]:
    """The unit with the letters for its parts and multiples before it."""
    names = {letter: _LARGE.get(letter) or _SMALL[letter] for letter in letters}
    return {f"{letter}{unit}": (name + said, name + (many or f"{said}s")) for letter, name in names.items()}


_LENGTHS = {
    "m": ("meter", "meters"), **_scaled("m", "meter", "mkcnµμ"), "ft": ("foot", "feet"), "mi": ("mile", "miles"),
    "yd": ("yard", "yards"), "yds": ("yard", "yards"), "ly": ("light-year", "light-years"),
    "Mly": ("million light-years", "million light-years"), "kpc": ("kiloparsec", "kiloparsecs"),
    "Mpc": ("megaparsec", "megaparsecs"),
}  # fmt: skip
_TIMES = {
    **_scaled("s", "second", "mµμn"), "sec": ("second", "seconds"), "secs": ("second", "seconds"),
    "min": ("minute", "minutes"), "mins": ("minute", "minutes"), "h": ("hour", "hours"), "hr": ("hour", "hours"),
    "hrs": ("hour", "hours"), "mo": ("month", "months"), "mos": ("month", "months"), "mth": ("month", "months"),
    "mths": ("month", "months"),
    "wk": ("week", "weeks"), "wks": ("week", "weeks"), "yr": ("year", "years"),
    "yrs": ("year", "years"), "kyr": ("thousand years", "thousand years"), "Myr": ("million years", "million years"),
    "Gyr": ("billion years", "billion years"), "kya": ("thousand years ago", "thousand years ago"),
    "Mya": ("million years ago", "million years ago"), "mya": ("million years ago", "million years ago"),
}  # fmt: skip
_VOLUMES = {
    "L": ("liter", "liters"), "l": ("liter", "liters"), **_scaled("L", "liter", "mdcµμnfp"),
    **_scaled("l", "liter", "mdcµμ"), "mcL": ("microliter", "microliters"), "tsp": ("teaspoon", "teaspoons"),
    "tsps": ("teaspoon", "teaspoons"), "tbsp": ("tablespoon", "tablespoons"), "Tbsp": ("tablespoon", "tablespoons"),
    "Tbs": ("tablespoon", "tablespoons"), "tbs": ("tablespoon", "tablespoons"),
    "tbsps": ("tablespoon", "tablespoons"), "gal": ("gallon", "gallons"), "qt": ("quart", "quarts"),
    "fl oz": ("fluid ounce", "fluid ounces"), "fl. oz": ("fluid ounce", "fluid ounces"),
}  # fmt: skip
_WEIGHTS = {
    "g": ("gram", "grams"), **_scaled("g", "gram", "mkµμnpf"), "mcg": ("microgram", "micrograms"),
    "gm": ("gram", "grams"), "gms": ("gram", "grams"),
    "lb": ("pound", "pounds"), "lbs": ("pound", "pounds"), "oz": ("ounce", "ounces"),
}  # fmt: skip
_AMOUNTS = {
    "mol": ("mole", "moles"), **_scaled("mol", "mole", "mµμnpf"), "mM": ("millimolar", "millimolar"),
    "µM": ("micromolar", "micromolar"), "μM": ("micromolar", "micromolar"), "nM": ("nanomolar", "nanomolar"),
    "mEq": ("milliequivalent", "milliequivalents"),
    "mOsm": ("milliosmole", "milliosmoles"), "IU": ("international unit", "international units"),
    "mIU": ("milli-international unit", "milli-international units"), "U/L": ("unit per liter", "units per liter"),
    "U/mL": ("unit per milliliter", "units per milliliter"), "U/kg": ("unit per kilogram", "units per kilogram"),
    "µIU": ("micro-international unit", "micro-international units"),
}  # fmt: skip
_SPEEDS = {
    "mph": ("mile per hour", "miles per hour"), "kph": ("kilometer per hour", "kilometers per hour"),
    "kmh": ("kilometer per hour", "kilometers per hour"), "kn": ("knot", "knots"), "kts": ("knot", "knots"),
    "kbps": ("kilobit per second", "kilobits per second"), "Kbps": ("kilobit per second", "kilobits per second"),
    "Mbps": ("megabit per second", "megabits per second"), "Gbps": ("gigabit per second", "gigabits per second"),
    "rpm": ("revolution per minute", "revolutions per minute"), "bpm": ("beat per minute", "beats per minute"),
    "fps": ("frame per second", "frames per second"), "mpg": ("mile per gallon", "miles per gallon"),
    "ppm": ("part per million", "parts per million"), "ppb": ("part per billion", "parts per billion"),
    "dpi": ("dot per inch", "dots per inch"), "ppi": ("pixel per inch", "pixels per inch"),
}  # fmt: skip
_POWERS = {
    "V": ("volt", "volts"), **_scaled("V", "volt", "mkµ"), "W": ("watt", "watts"), **_scaled("W", "watt", "mkMGT"),
    "Wh": ("watt hour", "watt hours"), **_scaled("Wh", "watt hour", "mkMGT"), "Ah": ("ampere hour", "ampere hours"),
    "mAh": ("milliampere hour", "milliampere hours"), **_scaled("A", "ampere", "mµμk"),
    **_scaled("Bq", "becquerel", "kM"), "pCi": ("picocurie", "picocuries"),
    **_scaled("J", "joule", "kMG"), "kcal": ("kilocalorie", "kilocalories"), "cal": ("calorie", "calories"),
    "Hz": ("hertz", "hertz"), **_scaled("Hz", "hertz", "kMGT", many="hertz"), "dB": ("decibel", "decibels"),
    "dBA": ("decibel", "decibels"), "dB(A)": ("decibel", "decibels"), "lm": ("lumen", "lumens"), "lx": ("lux", "lux"),
    "Nm": ("newton meter", "newton meters"), "N·m": ("newton meter", "newton meters"),
    "N⋅m": ("newton meter", "newton meters"), "eV": ("electronvolt", "electronvolts"),
    **_scaled("eV", "electronvolt", "mkMGT"), "kN": ("kilonewton", "kilonewtons"), "Pa": ("pascal", "pascals"),
    **_scaled("Pa", "pascal", "hkMG"), "mbar": ("millibar", "millibars"), "bar": ("bar", "bars"),
    "psi": ("pound per square inch", "pounds per square inch"), "mmHg": ("millimeter of mercury",
    "millimeters of mercury"), "mm Hg": ("millimeter of mercury", "millimeters of mercury"),
    "cmH2O": ("centimeter of water", "centimeters of water"), "Ω": ("ohm", "ohms"), "kΩ": ("kilohm", "kilohms"),
    "mGy": ("milligray", "milligrays"), "Gy": ("gray", "grays"), "mSv": ("millisievert", "millisieverts"),
    "µSv": ("microsievert", "microsieverts"), "hp": ("horsepower", "horsepower"), "lb-ft": ("pound-foot", "pound-feet"),
    "kDa": ("kilodalton", "kilodaltons"), "t/ha": ("tonne per hectare", "tonnes per hectare"),
    "ft-lb": ("foot-pound", "foot-pounds"), "ft-lbs": ("foot-pound", "foot-pounds"), "px": ("pixel", "pixels"),
}  # fmt: skip
_DATA = {
    **_scaled("B", "byte", "kKMGT"), **_scaled("b/s", "bit per second", "kMG", many="bits per second"),
    **_scaled("bit", "bit", "kMG"),
    "GiB": ("gibibyte", "gibibytes"), "MiB": ("mebibyte", "mebibytes"),
}  # fmt: skip
_DEGREES = {
    "°": ("degree", "degrees"), "℃": ("degree Celsius", "degrees Celsius"),
    "℉": ("degree Fahrenheit", "degrees Fahrenheit"),
    **{
        f"{sign}{gap}{letter}": (f"degree {scale}", f"degrees {scale}")
        for sign in "°º˚" for gap in ("", " ") for letter, scale in (("C", "Celsius"), ("F", "Fahrenheit"))
    },
}  # fmt: skip
_RAISED = {
    f"{unit}{raised}": (f"{kind} {one}", f"{kind} {many}")
    for unit, (one, many) in (_LENGTHS | {"in": ("inch", "inches")}).items()
    for kind, signs in (("square", ("²", "2", "^2")), ("cubic", ("³", "3", "^3")))
    for raised in signs
}
_SPELT = {
    f"{short}{gap}{unit}": (f"{kind} {one}", f"{kind} {many}")
    for unit, (one, many) in (_LENGTHS | {"in": ("inch", "inches")}).items()
    for short, kind in (("sq", "square"), ("cu", "cubic"))
    for gap in (" ", ". ", ".")
}

# unit -> (one, many); only after a number
UNITS = (
    _LENGTHS | _TIMES | _VOLUMES | _WEIGHTS | _AMOUNTS | _SPEEDS | _POWERS | _DATA | _DEGREES | _RAISED | _SPELT
)  # fmt: skip
# what stands between a number and a stroke and is no unit
COUNTED = "[a-z]{2,14}s|cell|people|pence|d|[CP]FU"
# what only stands after a stroke, beside the units
PER = {
    "s": "second", "d": "day", "y": "year", "mo": "month", "bbl": "barrel", "bu": "bushel", "t": "tonne",
    "ha": "hectare", "s²": "second squared", "s2": "second squared", "in": "inch",
    **{
        name: name
        for name in (
            "second", "minute", "hour", "day", "week", "month", "year", "night", "person", "mile", "acre", "gallon",
            "serving", "side", "capita", "dose", "liter", "litre", "child", "patient", "ton", "barrel",
        )
    },
}  # fmt: skip
# what prices and bare numbers are for
PRICED = (
    "L", "mL", "µL", "μL", "dL", "mm³", "mm3", "kg", "lb", "oz", "g", "m²", "m2", "m³", "km²", "km", "ha", "mile",
    "acre", "bbl", "barrel", "kWh", "MWh", "sq ft", "sq. ft", "sq m", "gal", "gallon", "liter", "litre", "GB", "t",
    "ton", "bu", "capita", "min", "hr", "day", "week", "wk", "month", "yr", "year",
)  # fmt: skip
# what is measured so often with a stroke in it that it is known without a number before it
KNOWN_BEFORE_STROKE = (
    "mg", "mcg", "µg", "μg", "ng", "pg", "g", "kg", "mmol", "µmol", "nmol", "mL", "ml", "L", "m", "km", "kWh", "IU",
    "W", "kcal",
)  # fmt: skip
# and these behind "in" or in brackets
KNOWN_ALONE = (
    "kg", "cm", "mm", "km", "mL", "ml", "mg", "mcg", "mmHg", "mm Hg", "kcal", "kJ", "kWh", "mAh", "Nm", "dB", "Hz",
    "kHz", "MB", "GB", "km²", "m²", "mph", "bpm", "rpm", "ppm", "lbs", "mmol", "µm", "μm", "µg",
    "μg", "µL", "nm", "Ω", "kΩ",
)  # fmt: skip
# those of Britain and America stand beside those of everybody else for the same thing
IMPERIAL = {
    "ft", "feet", "mi", "mile", "miles", "yd", "yard", "yards", "in", "inch", "inches", "lb", "lbs", "pound", "pounds",
    "oz", "ounce", "ounces", "fl oz", "fl. oz", "°F", "° F", "F", "mph", "gal", "gallon", "gallons", "cup", "cups",
    "tsp", "tbsp", "acre", "acres", "sq ft", "sq. ft", "sq mi", "sq. mi", "sq feet", "sq. feet", "sq miles",
    "sq. miles", "pint", "pints", "quart", "quarts", "psi",
}  # fmt: skip
METRIC = {
    "m", "km", "cm", "mm", "g", "kg", "mg", "l", "L", "ml", "mL", "dl", "dL", "°C", "° C", "C", "km/h", "kph", "kmh",
    "m²", "km²", "ha", "hectare", "hectares", "sq km", "sq m", "kPa", "bar",
}  # fmt: skip
# things that are called by a measure, also without an article: "2L bottles"
THINGS = (
    "bags?|batter(?:y|ies)|blocks?|chunks?|cubes?|pieces?|rounds?|slices?|strips?|bolts?|bottles?|buffers?|bulbs?|cans|capsules?|cartons?|chargers?|cups?|dash|dice|"
    "dish(?:es)?|displays?|doses?|drives?|engines?|files?|flights?|freestyle|gusts?|hikes?|hurdles|jars?|"
    "lens(?:es)?|limits?|monitors?|motors?|nails?|packs?|panels?|pans?|paper|peaks?|photos?|pills?|pipes?|prints?|"
    "races?|radius|read|relay|ropes?|runs?|screens?|shifts?|skillets?|speed limit|spoonfuls?|sprint|steaks?|supply|"
    "tablets?|tanks?|tins?|tires?|tyres?|walks?|waves|wheels?|winds|zones?"
)
# words that no thing begins with
NO_THING = (
    "I|above|after|also|and|are|as|at|away|because|before|below|between|but|by|can|could|did|does|during|each|"
    "every|for|from|had|has|he|her|his|if|in|into|is|it|may|might|must|not|of|off|on|once|only|or|out|over|per|"
    "plus|she|should|so|than|that|the|their|then|there|they|this|to|twice|under|until|via|was|we|were|when|which|"
    "while|will|with|within|would|you"
)
# What looks like one of UNITS or PER. Rules look up whether it is: a pattern of all of them takes ten times as long to
# compile, and every start pays for it.
UNIT_LIKE = (
    r"(?:U/(?:m?L|kg)|N[·⋅]m|[kMG]b/s|t/ha|lb-ft|ft-lbs?|dB\(A\)|cmH2O|mm Hg|fl\.? oz|(?:sq|cu)(?:\. ?| )[^\W\d_]{1,5}"
    r"|[^\W\d_]{1,3}\^[23]|[°˚](?: ?[CF])?|º [CF]|[℃℉]|[^\W\d_]{1,8}[23]?)"
)
SKY = {"N": "north", "S": "south", "E": "east", "W": "west"}

WHOLE = r"\d[\d,]*(?:\.\d+)?"
# of an abbreviation, not of the sentence, nor of a cell of a table, behind which the next one's heading stands
STOP = r"(?:\.(?=\s\(?[a-z]|\s\(\d|[,;)]|[–-]\d)(?!\s[\w (),/-]{1,60}: ))?"


def either(units: Iterable[str]) -> str:
    """A pattern of all of them, the longest first."""
    return "|".join(sorted(map(re.escape, units), key=len, reverse=True))
