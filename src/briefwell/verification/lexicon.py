"""The small words that turn a sentence: negation, doubt, condition, attribution, amount.

Entries are words in small letters, or stems where the name says so. A word stands here because
leaving it out, adding it or exchanging it changes what a sentence claims.
"""

from __future__ import annotations

from briefwell.text import stem


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in text.split())


ARTICLES = _words("a an the")

NEGATORS = _words(
    """not no never neither nor none nobody nothing nowhere without cannot hardly scarcely barely
    non un lest"""
)
NEGATING_STEMS = _stems(
    """fail failure refuse refusal decline reject rejection deny denial lack lacking absent absence
    unable prevent avoid abandon abstain cancel cancelled canceled veto forgo cease prohibit forbid
    forbade forbidden ban banned block false untrue disprove refute withheld withhold halt rebuff
    unwilling impossible"""
)
UNTRUE_STEMS = _stems(
    """myth fiction hoax rumor rumour false falsely untrue wrong wrongly mistaken mistakenly
    erroneous erroneously incorrect incorrectly forgery fake joke legend fable fabrication
    misprint"""
)
"""Words that say of what stands beside them that it is not so."""

MODALS = _words(
    """may might could can would should shall must will ought likely unlikely possible possibly
    perhaps probable probably potential potentially presumably apparent apparently seemingly
    supposedly ostensibly theoretically hypothetically conceivably arguably maybe hopefully
    tentatively provisionally"""
)
INTENT_STEMS = _stems(
    """expect plan aim intend intention hope seek sought try tried attempt propose proposal consider
    threaten promise pledge vow want wish prospect chance risk effort goal objective purpose
    ambition aspire envisage envision anticipate forecast project schedule due poised bound prepare
    strive endeavor endeavour offer urge demand ask request recommend call persuade order require
    need design mean meant willing ready eager tend seem appear unclear uncertain doubt doubtful
    fear worry believe suspect presume assume imagine pretend prospective draft virtual"""
)
CONDITIONS = _words(
    """if unless whether provided providing assuming until till except otherwise depending
    conditional conditionally contingent else"""
)

REPORTING_STEMS = _stems(
    """say says said saying state stating claim argue assert assertion maintain contend allege
    alleged allegedly allegation report reportedly tell told announce declare suggest insist warn
    note believe belief think thought feel felt acknowledge admit admitted concede estimate
    conclude predict deny denied explain describe accuse accusation rumor rumour perceive regard
    view complain emphasize emphasise stress judge imply hint recall observe write wrote written
    according purported purportedly supposed supposedly opinion testify swear swore confirm deem
    consider know known speculate portray label dub proclaim affirm express assess assessment
    argument call"""
)
"""Verbs and nouns that put what stands beside them into somebody's mouth."""

QUANTIFIERS = _words(
    """all every each most many some several few fewer half none no only any both majority minority
    much little enough entire entirely whole wholly complete completely total totally sole solely
    exclusively always often usually sometimes occasionally rarely seldom never frequently
    generally largely mainly mostly primarily chiefly partly partially somewhat various numerous
    multiple countless dozens hundreds thousands millions billions either neither everyone
    everybody everything nobody nothing nearly almost virtually practically typically normally
    scores plenty lots part parts predominantly invariably constantly certain"""
) | {"a few", "a little"}
SUPERLATIVES = _words(
    """most least best worst greatest fewest largest smallest highest lowest biggest longest
    shortest oldest youngest newest earliest latest first last strongest weakest richest poorest
    fastest slowest deepest widest closest nearest farthest furthest top foremost leading only
    unique main chief principal primary prime paramount record"""
)
COMPARATIVES = _words(
    """more less better worse greater fewer larger smaller higher lower bigger longer shorter older
    younger newer earlier later stronger weaker richer poorer faster slower deeper wider closer
    farther further than equal equally same twice double triple unlike as rather instead"""
)

NARROWING = _words(
    """former acting deputy vice assistant associate junior senior interim alleged proposed planned
    attempted failed suspected fake false mock pseudo quasi semi anti pro non ex co sub counter
    potential future past previous prospective unofficial honorary nominal de self mrs lady queen
    king prince princess new north south east west northern southern eastern western upper lower
    central greater inner outer latin port fort mount lake cape camp point san santa saint st los
    las el la"""
)
"""Modifiers that change what the word after them names: a vice president is no president."""

FREE_WORDS = _words(
    """also however moreover furthermore meanwhile indeed then subsequently additionally besides
    nevertheless nonetheless consequently accordingly therefore thus hence finally very highly
    extremely and but yet so again now already thereafter afterwards that"""
)
"""Words a paraphrase may leave out at the head of a sentence or, but for `and`, inside it."""

PREPOSITIONS = _words(
    """in on at by for from to of with without into onto over under after before during since until
    against between among through throughout across toward towards via within upon about amid
    despite because following including along behind beyond near around per as off out up down"""
)

PRONOUNS = _words("he she they it his her its their him them this these those such who which")
