"""Ways of writing the same word: irregular forms, two spellings, contractions, fixed phrases."""

from __future__ import annotations

from briefwell.text import stem

_IRREGULAR = """
arise arose arisen|be|become became|begin began begun|bind bound|bleed bled|blow blew blown
|break broke broken|breed bred|bring brought|build built|buy bought|catch caught|choose chose chosen
|cling clung|come came|creep crept|deal dealt|dig dug|draw drew drawn|drink drank drunk
|drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found
|flee fled|fly flew flown|forbid forbade forbidden|forget forgot forgotten|freeze froze frozen
|get got|give gave given|go went gone|grow grew grown|hang hung|hear heard|hide hid hidden
|hold held|keep kept|know knew known|lay laid|lead led|leave left|lend lent|lose lost|make made
|meet met|pay paid|ride rode ridden|rise rose risen|run ran|say said|see saw seen|seek sought
|sell sold|send sent|shake shook shaken|shoot shot|shrink shrank shrunk|sing sang sung
|sink sank sunk|sit sat|sleep slept|speak spoke spoken|spend spent|spring sprang sprung
|stand stood|steal stole stolen|strike struck|swear swore sworn|sweep swept|swim swam
|take took taken|teach taught|tear tore torn|tell told|think thought|throw threw thrown
|undergo underwent undergone|understand understood|undertake undertook undertaken|wake woke
|wear wore worn|win won|withdraw withdrew withdrawn|withhold withheld|write wrote written
|overthrow overthrew overthrown|oversee oversaw overseen|forgo forwent|overcome overcame
"""


def _irregular() -> dict[str, tuple[str, str]]:
    table: dict[str, tuple[str, str]] = {}
    for entry in _IRREGULAR.split("|"):
        lemma, *others = entry.split()
        for number, form in enumerate(others):
            table[form] = (lemma, "en" if number else "ed")
    return table


IRREGULAR = _irregular()
"""For an irregular past form, its first form and `ed` or `en` (a participle of its own)."""

CONTRACTIONS = {
    "can't": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not"),
    "cannot": ("can", "not"), "ain't": ("is", "not"),
}  # fmt: skip
CONTRACTED = {
    "'re": "are", "'ll": "will", "'ve": "have", "'m": "am", "n't": "not", "'s": "'s", "'d": "'d",
}  # fmt: skip

_SPELLINGS = {
    "programme": "program", "programmes": "programs", "centre": "center", "centres": "centers",
    "defence": "defense", "offence": "offense", "licence": "license", "labour": "labor",
    "favour": "favor", "favoured": "favored", "honour": "honor", "honoured": "honored",
    "colour": "color", "neighbour": "neighbor", "neighbours": "neighbors",
    "neighbouring": "neighboring", "harbour": "harbor", "behaviour": "behavior",
    "endeavour": "endeavor", "theatre": "theater", "travelled": "traveled",
    "cancelled": "canceled", "upon": "on", "amongst": "among", "whilst": "while",
    "till": "until", "at": "in", "toward": "towards", "an": "a", "analyse": "analyze",
    "analysed": "analyzed",
}  # fmt: skip
_NOT_IZE = frozenset(
    """promise exercise otherwise surprise advise revise comprise enterprise premise franchise
    likewise raise praise disguise supervise improvise compromise precise concise expertise
    treatise demise devise merchandise rise arise wise noise poise cruise bruise excise""".split()
)


def spelled(word: str) -> str:
    """Return a small-letter word in the one spelling in which words are compared."""
    if word in _SPELLINGS:
        return _SPELLINGS[word]
    for end in ("ise", "ised", "ises", "ising", "isation", "isations"):
        root = word.removesuffix(end)
        if root != word and len(root) > 3 and f"{root}ise" not in _NOT_IZE:
            return f"{root}{end.replace('is', 'iz', 1)}"
    return word


PHRASES = {
    tuple(phrase.split()): key
    for key, phrases in {
        "u.s.": "united states of america|united states|u.s.a.|usa",
        "u.k.": "united kingdom",
        "u.n.": "united nations|un",
        "eu": "european union",
        "and": "as well as|along with|together with",
        "because of": "because of|due to|owing to|on account of|as a result of|thanks to",
        "to": "in order to|so as to",
        "before": "prior to",
        "after": "subsequent to",
        "about": "with regard to|with respect to|regarding|concerning",
        "despite": "in spite of|notwithstanding",
        "such as": "such as|for example|for instance|including",
        "a few": "a few",
        "a little": "a little",
        "several": "a number of",
        "can": "is able to|are able to",
        "could": "was able to|were able to",
        "must": "has to|have to",
        "according to": "according to",
        "instead of": "instead of|rather than|in place of",
        "during": "in the course of",
        "consists of": """consists of|consist of|is made up of|are made up of|is composed of
            |are composed of|comprises|comprise""",
        "if": "in the event that|provided that",
    }.items()
    for phrase in phrases.split("|")
}
"""Several words that count as one, and one word for each set of phrases of one meaning."""

_SENSES = """
start begin commence initiate|end finish conclude terminate|buy purchase|help assist aid
|show demonstrate|need require|important significant|main chief principal|big large
|ask request|get obtain|use utilize|try attempt|choose select|happen occur|build construct
|allow permit|stop halt cease|fast rapid|quickly rapidly swiftly|often frequently
|enough sufficient|mention cite|goal objective|talks negotiations|nation country|firm company
|kill slay|automobile car|film movie|physician doctor|attorney lawyer|govern rule
|seize capture|keep retain|gather collect
|rise increase|fall decrease decline drop|entire whole|difficult hard|vital crucial essential
|formally officially|mainly primarily chiefly|immediately instantly|close shut|tie link
|agreement accord pact|remain stay|problem issue|frontier border|unlawful illegal|lawful legal
|ruin destroy|although though|cooperation collaboration|dispute disagreement|say state
|argue contend|claim assert|think believe|warn caution|predict forecast
|approximately roughly|however nevertheless nonetheless|many numerous|resume restart
|strengthen reinforce|reduce lower|oversee supervise|obstacle barrier
|support back|resign quit|yearly annual|yearly annually
|usually typically|wealthy rich|global worldwide
|dwell reside live|inhabitant resident|aim goal objective
|rise climb grow|soar surge skyrocket|deadly lethal|reveal expose|resilient sturdy|restart relaunch
|review examine|stress emphasize underline underscore emphasis|mean intend|restrict limit curb
|adopt enact|plain clear obvious evident|try seek|promise pledge vow|way manner fashion
|poorly badly|effect impact|result outcome consequence|cause reason|weapon arm
|move go|revolt rebellion uprising insurrection|rebel insurgent|dispute quarrel
|answer respond reply|soldier troop|envoy emissary|release free|postpone defer
|replace supersede supplant|buyer customer|decipher decode|welcome hail
|encourage foster promote|name identify|worsen exacerbate aggravate deteriorate
|violate breach infringe|want wish desire|wide broad|signal indicate
|unwilling reluctant|provide supply|describe characterize depict
|strengthen boost bolster|settle resolve|forbid prohibit ban|allow enable let
|compel force oblige|hinder hamper impede|suppress quell|vast huge enormous massive
|famous renowned|oppose resist|ensure guarantee|address tackle|territory land|gift donation
|visit trip|wary cautious|delicate sensitive|sum amount|upgrade elevate|steeply sharply
|consider deem regard|illegally unlawfully|illegal illicit|largely mainly
|view opinion|fund finance|regain recover|conceal hide|harm damage|handle manage run
|investigate probe|fight combat|long lengthy|previous prior|swap exchange
|manage handle|now currently presently|quiet discreet|cross traverse
|cover encompass|nearly almost|relations relationship|necessary needed required|defeat beat
|instruct order|region area
"""


def _senses() -> dict[str, str]:
    table: dict[str, str] = {}
    for entry in _SENSES.split("|"):
        stems = [stem(word) for word in entry.split() if "-" not in word]
        key = min((table[one] for one in stems if one in table), default=f"~{stems[0]}")
        table.update(dict.fromkeys(stems, key))
    return table


SENSES = _senses()
"""For a stem, the sense it shares with the words that may stand for it."""

_VERBS = """
accept achieve act adopt affect agree aim allow announce appear apply appoint argue arrive ask
assist attack attempt attend avoid begin believe belong bring build call carry cause cede change
claim close come commit consider consist consult contain continue contribute control cooperate
cover create deal decide declare decline defend deliver demand deny depend describe develop differ
direct discuss dominate emerge enable end enjoy enter establish exist expand expect explain face
fail fall favor follow force function gain give go govern grant grow guarantee happen help hold
hope improve include increase indicate insist intend invest involve join keep know lack lead leave
let live look lose maintain make matter mean meet move name need negotiate occur offer open
operate oppose own pay permit plan play prefer prepare present prevent produce promise promote
propose protect provide pursue push put raise reach receive recognize reduce refer reflect refuse
reject rely remain remove replace represent request require reside respond result return reveal
rise rule run say see seek seem sell send serve set show sign speak stand start state stay stop
strengthen succeed suffer support survive sustain take talk tend threaten tie trade treat try turn
understand unite urge use vary view vote want warn win withdraw work write yield
"""

VERB_SENSES = frozenset(
    sense
    for verb in [*_VERBS.split(), *(lemma for lemma, _ in IRREGULAR.values())]
    for sense in (stem(verb), SENSES.get(stem(verb), stem(verb)))
)
"""Senses of common verbs, by which a clause is told from a bare phrase."""

VERB_THIRDS = frozenset(
    f"{verb[:-1]}ies"
    if verb[-1] == "y" and verb[-2] not in "aeo"
    else f"{verb}es"
    if verb.endswith(("s", "sh", "ch", "x", "o"))
    else f"{verb}s"
    for verb in [*_VERBS.split(), *(lemma for lemma, _ in IRREGULAR.values())]
)
"""Third persons of the same verbs: `covers`, `carries`."""
