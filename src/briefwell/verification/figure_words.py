"""The words figures are made of."""

from __future__ import annotations

from fractions import Fraction


def _numbered(words: str, *, first: int, step: int = 1) -> dict[str, int]:
    return {word: first + step * index for index, word in enumerate(words.split())}


NUMBER_WORDS = _numbered(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen""",
    first=0,
) | _numbered("twenty thirty forty fifty sixty seventy eighty ninety", first=20, step=10)

ORDINAL_WORDS = (
    _numbered(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth""",
        first=1,
    )
    | _numbered(
        "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth",
        first=20,
        step=10,
    )
    | {"hundredth": 100, "thousandth": 1000}
)

SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "mn": 10**6,
    "m": 10**6, "billion": 10**9, "bn": 10**9, "b": 10**9, "trillion": 10**12, "tn": 10**12,
}  # fmt: skip

SHARES = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4,
    "fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7,
    "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip

VULGAR = {
    "½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4),
    "¾": Fraction(3, 4), "⅕": Fraction(1, 5), "⅛": Fraction(1, 8),
}  # fmt: skip

MULTIPLES = {
    "once": 1, "twice": 2, "thrice": 3, "double": 2, "doubled": 2, "doubles": 2, "triple": 3,
    "tripled": 3, "triples": 3, "quadruple": 4, "quadrupled": 4, "twofold": 2, "threefold": 3,
}  # fmt: skip

MONEY_SIGNS = {
    "$": "dollar", "us$": "dollar", "usd": "dollar", "a$": "australian dollar",
    "c$": "canadian dollar", "ca$": "canadian dollar", "hk$": "hong kong dollar", "€": "euro",
    "eur": "euro", "£": "pound", "gbp": "pound", "¥": "yen", "mxn": "peso", "mx$": "peso",
}  # fmt: skip

MONEY_WORDS = {
    word: word
    for word in """dollar euro pound peso yen yuan renminbi rouble rupee franc marks cent crown
    lira krona krone dinar riyal guilder florin shilling""".split()
} | {"ruble": "rouble"}

UNITS = {
    "kilometre": "km", "kilometer": "km", "km": "km", "mile": "mile", "metre": "metre",
    "meter": "metre", "m": "metre", "foot": "foot", "feet": "foot", "ft": "foot", "inch": "inch",
    "inche": "inch", "yard": "yard", "hectare": "hectare", "ha": "hectare", "acre": "acre",
    "tonne": "tonne", "ton": "ton", "kg": "kg", "kilogram": "kg", "kilo": "kg", "gram": "gram",
    "barrel": "barrel", "litre": "litre", "liter": "litre", "gallon": "gallon", "year": "year",
    "month": "month", "week": "week", "day": "day", "hour": "hour", "minute": "minute",
    "seconds": "second", "decade": "decade", "century": "century", "centurie": "century",
    "degree": "degree", "megawatt": "megawatt", "mw": "megawatt", "gigawatt": "gigawatt",
    "gw": "gigawatt", "knot": "knot", "cm": "cm", "mm": "mm", "times": "times",
}  # fmt: skip

HEDGES_BEFORE = {
    phrase: hedge
    for hedge, phrases in {
        "approx": """about|around|some|approximately|roughly|circa|approx.|an estimated|estimated
            |in the region of|in the order of|on the order of""",
        "nearly": "nearly|almost|close to|just under|not quite|virtually|nearing",
        "over": """more than|over|above|exceeding|in excess of|upwards of|greater than|exceeds
            |exceeded|well over|higher than|larger than|beyond""",
        "least": "at least|no fewer than|no less than|not less than|a minimum of|minimum of",
        "under": "less than|fewer than|under|below|lower than|smaller than|short of",
        "most": """at most|up to|no more than|not more than|as many as|as much as|a maximum of
            |maximum of""",
    }.items()
    for phrase in (" ".join(piece.split()) for piece in phrases.split("|"))
}

HEDGES_AFTER = {
    "or more": "least",
    "or so": "approx",
    "or less": "most",
    "or fewer": "most",
    "at least": "least",
    "at most": "most",
    "or thereabouts": "approx",
}
