"""Words that turn each other round: rise and fall, support and oppose, before and after."""

from __future__ import annotations

from briefwell.text import stem

_PAIRS = """
rise rose risen: fall fell fallen drop decline
increase: decrease reduce decline reduction
grow grew grown growth: shrink shrank shrunk decline
gain: lose lost loss
win won: lose lost
victory: defeat
success successful successfully succeed: failure unsuccessful unsuccessfully fail
support supporter: oppose opponent opposition
accept acceptance: reject rejection refuse
approve approval: reject rejection disapprove
agree: refuse disagree decline
confirm: deny denied
allow permit permitted: ban banned forbid forbade forbidden prohibit prevent
import importer: export exporter
buy bought purchase: sell sold sale
enter entry: leave left exit
arrive arrival: depart departure leave left
join: leave left quit
begin began begun start: end stop stopped finish cease
open: close closure
establish establishment: abolish sever dissolve close
create creation: abolish destroy destruction
build built: destroy demolish
elevate upgrade raise: downgrade demote lower
raise: lower cut
expand expansion: contract contraction reduce shrink shrank
strengthen: weaken undermine
improve improvement: worsen deteriorate deterioration
include: exclude
before: after following
prior: after following
above: below
over: under
more: less fewer
most: least
many: few
greater larger bigger: smaller lesser
largest: smallest
higher highest high: lower lowest low
best better good: worst worse bad
first: last
early earlier earliest: late later latest
longer longest long: shorter shortest short
strong stronger strongest: weak weaker weakest
majority: minority
always: never
friend friendly ally allies allied: enemy hostile
peace peaceful: war
legal lawful: illegal unlawful
likely: unlikely
able: unable
possible: impossible
important significant: unimportant insignificant
stable stability: unstable instability
safe: unsafe
dependent dependence: independent independence
directly direct: indirect indirectly
official officially: unofficial unofficially
appoint appointment: dismiss dismissal remove
recognize recognise recognition: repudiate
invade invasion: defend liberate
attack: defend
ratify: repudiate reject
grant: deny denied refuse revoke
advance: retreat
encourage: discourage
north northern: south southern
east eastern: west western
maximum: minimum
rich wealthy: poor
public: private
domestic: foreign
for: against
with: without
inside: outside
up: down
permanent permanently: temporary temporarily
voluntary voluntarily: involuntary forced
unite unify: divide split
love: hate
true: false
presence: absence
surplus: deficit
creditor: debtor
winner: loser
buyer: seller
resume: suspend break broke
restore: sever suspend
widen: narrow
lengthen: shorten
hire: fire
civilian: military
rural: urban
male: female
men: women
superior: inferior
positive: negative
public: secret
credit: debit
ascend: descend
profit: loss
praise: criticize criticise condemn
encourage: deter
protect: endanger
remember: forget forgot
"""


def _read() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in _PAIRS.strip().splitlines():
        left, right = ([stem(word) for word in side.split()] for side in line.split(":"))
        for one in left:
            table.setdefault(one, set()).update(right)
        for other in right:
            table.setdefault(other, set()).update(left)
    return {word: frozenset(others) for word, others in table.items()}


REVERSALS = _read()
"""For a stem, the stems that turn it round."""
