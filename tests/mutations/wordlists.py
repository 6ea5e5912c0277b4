"""The words that the mutations exchange. Written apart from the product on purpose."""

from __future__ import annotations

COUNTRIES = """
Mexico Canada Cuba Spain France Germany Italy Japan China Russia Belgium Poland Hungary Austria
Romania Bulgaria Greece Turkey Egypt Iran Iraq Israel Jordan Lebanon Syria Yemen Oman Qatar Kuwait
Bahrain India Pakistan Burma Thailand Laos Cambodia Vietnam Indonesia Malaysia Singapore Korea
Australia Fiji Samoa Tonga Liberia Ghana Nigeria Kenya Uganda Tanzania Zambia Angola Algeria
Morocco Tunisia Libya Sudan Ethiopia Somalia Mali Niger Chad Senegal Gambia Brazil Argentina Chile
Peru Bolivia Ecuador Colombia Venezuela Guyana Suriname Panama Nicaragua Honduras Guatemala Belize
Haiti Jamaica Barbados Denmark Norway Sweden Finland Iceland Ireland Portugal Switzerland Albania
Estonia Latvia Lithuania Ukraine Armenia Georgia Texas Hawaii
""".split()

CITIES = """
Monrovia Brussels Rangoon Paris London Berlin Vienna Rome Madrid Lisbon Moscow Warsaw Budapest
Athens Cairo Tehran Baghdad Damascus Beirut Tokyo Seoul Manila Havana Lima Bogota Santiago Caracas
Quito Nairobi Accra Lagos Tunis Tripoli Rabat Algiers
""".split()

ASYMMETRIC = "sent sold gave left told led saw sought brought took wanted".split()
SYMMETRIC = """
agreed established resumed signed exchanged negotiated shared concluded discussed disagreed
differed cooperated collaborated restored normalized severed merged united competed renewed
clashed suspended broke interrupted reestablished ended named called based located considered
related accredited continued maintained remained followed occurred played elevated presented
posted opened closed resided arrived
""".split()

PEOPLES = (
    "British French Soviets Japanese Chinese Germans Spanish Israelis Russians Mexicans".split()
)

LEADERS = """
Washington Adams Jefferson Madison Monroe Jackson Polk Lincoln Seward Grant McKinley Roosevelt
Wilson Hoover Truman Eisenhower Dulles Kennedy Johnson Nixon Kissinger Ford Carter Vance Reagan
Shultz Bush Baker Clinton Churchill Stalin Khrushchev Brezhnev Gorbachev Yeltsin Sadat Nasser Begin
Napoleon Talleyrand Franklin Jay Hamilton Castro Mao Congress Parliament Mexicans Israelis
""".split()

REVERSED = {
    "rose": "fell", "fell": "rose", "increased": "decreased", "decreased": "increased",
    "increase": "decrease", "decrease": "increase", "reduced": "increased", "grew": "shrank",
    "growing": "shrinking", "supported": "opposed", "opposed": "supported",
    "to support": "to oppose", "support for": "opposition to", "in support of": "in opposition to",
    "accepted": "rejected", "rejected": "accepted", "approved": "rejected", "before": "after",
    "after": "before", "won": "lost", "lost": "won", "victory": "defeat", "defeat": "victory",
    "defeated": "lost to", "joined": "left", "opened": "closed", "closed": "opened",
    "began": "ended", "ended": "began", "strengthened": "weakened", "strengthen": "weaken",
    "improved": "worsened", "improve": "worsen", "expanded": "shrank", "expand": "shrink",
    "success": "failure", "successful": "unsuccessful", "peaceful": "violent",
    "established": "abolished", "independent": "dependent", "imports": "exports",
    "exports": "imports", "northern": "southern", "southern": "northern", "eastern": "western",
    "western": "eastern", "agreed to": "refused to", "granted": "denied", "ratified": "repudiated",
    "allowed": "forbade", "raised": "lowered", "elevated": "downgraded", "resumed": "suspended",
    "appointed": "dismissed", "entered": "left", "arrived in": "departed from",
    "majority": "minority", "stable": "unstable", "encouraged": "discouraged",
    "include": "exclude", "included": "excluded", "buy": "sell", "sold": "bought",
}  # fmt: skip

COMPARED = {
    "largest": "smallest", "smallest": "largest", "the first": "the second", "first": "last",
    "most important": "least important", "the most": "the least", "best": "worst",
    "worst": "best", "higher": "lower", "lower": "higher", "greater": "smaller",
    "larger": "smaller", "more": "less", "less": "more", "highest": "lowest",
    "oldest": "newest", "longest": "shortest", "one of the largest": "the largest",
    "one of the most": "the most", "one of the first": "the first", "second largest": "largest",
    "second-largest": "largest", "third-largest": "largest", "fourth-worst": "worst",
    "the last": "the first", "earlier": "later", "later": "earlier", "early": "late",
    "late": "early", "the only": "the second", "major": "minor", "stronger": "weaker",
    "strongest": "weakest", "earliest": "latest",
    "more than": "less than", "less than": "more than", "at least": "at most",
}  # fmt: skip

HARDENED = {
    "may": "will", "might": "would", "could": "would", "should": "will", "can": "must",
    "was expected to": "was certain to", "were expected to": "were certain to",
    "is expected to": "is certain to", "are expected to": "are certain to",
    "planned to": "began to",
    "likely to": "certain to", "unlikely to": "certain not to", "sought to": "managed to",
    "attempted to": "managed to", "tried to": "managed to", "hoped to": "managed to",
    "intended to": "began to", "threatened to": "proceeded to", "wanted to": "managed to",
    "aims to": "manages to", "seeks to": "manages to",
    "proposed to": "proceeded to", "promised to": "came to",
    "agreed to": "went on to", "hopes to": "manages to", "decided to": "went on to",
    "probably": "certainly", "possibly": "certainly", "perhaps": "certainly",
    "seemed to": "did", "appeared to": "did", "designed to": "able to", "able to": "certain to",
    "possible": "assured", "potential": "actual", "would like to": "will",
}  # fmt: skip

QUANTIFIED = {
    "some": "all", "many": "all", "most": "all", "several": "all", "few": "many",
    "a few": "many", "both": "neither of the", "all of": "none of",
    "one of the": "the only one of the",    "half of": "most of", "nearly all": "all",
    "almost all": "all", "mostly": "entirely", "often": "always", "sometimes": "always",
    "rarely": "often", "usually": "always", "generally": "always", "largely": "entirely",
    "mainly": "entirely", "partly": "wholly", "partially": "wholly", "frequently": "always",
    "primarily": "solely", "a number of": "all", "various": "all", "numerous": "a few",
    "part of": "all of", "much of": "all of", "all": "none of the",
    "every": "no", "no": "some", "only": "not only",
    "almost": "more than", "nearly": "more than", "certain": "all",
}  # fmt: skip

UNITS = {
    "percent": "percentage points", "per cent": "percentage points", "%": " percentage points",
    "million": "billion", "billion": "million", "thousand": "million", "dollars": "pesos",
    "miles": "kilometers", "kilometers": "miles", "square miles": "acres", "acres": "hectares",
    "hectares": "acres", "tons": "pounds", "years": "months", "months": "years",
    "weeks": "months", "days": "weeks", "hours": "days", "minutes": "hours",
    "pounds": "dollars", "francs": "dollars", "pesos": "dollars", "decades": "years",
    "barrels": "gallons", "feet": "inches", "year": "month", "month": "year", "week": "month",
    "day": "week",
}  # fmt: skip

SPEAKING = """
said says argued argues claimed believed believes stated announced declared reported
insisted maintained suggested warned feared hoped thought concluded contended noted asserted
alleged complained felt admitted acknowledged explained predicted recommended proposed estimated
denied doubted expected promised
""".split()
