"""What a statement is held against: cited sentences, what stands around them, their date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefwell.verification.alignment import Places
from briefwell.verification.tokens import Aliases, Token, tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The cited sentences of one statement.

    Attributes:
        sentences: Whole sentences, as they stand in the source.
        context: Title, headings and neighbouring sentences: they tell who `he` is, and prove
            nothing.
        date: The document's own date, ISO 8601.
        aliases: Long names and the short forms the document gives them.
    """

    sentences: tuple[str, ...]
    context: str = ""
    date: str | None = None
    aliases: Aliases = ()

    @property
    def text(self) -> str:
        """The cited sentences in one string."""
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a guard found wrong with a statement.

    Attributes:
        guard: The guard's name.
        reason: One sentence for the reader.
        is_clash: The source says otherwise; else it only does not say so.
    """

    guard: str
    reason: str
    is_clash: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A statement beside the cited sentence that is nearest to it.

    Attributes:
        statement: The statement's tokens.
        sentence: The sentence's tokens.
        pairs: Longest common run of senses, in order: statement index to sentence index.
        start: Where the clauses begin that the pairs stand in.
        end: Where they end (exclusive).
    """

    statement: tuple[Token, ...]
    sentence: tuple[Token, ...]
    pairs: dict[int, int]
    start: int
    end: int

    @property
    def window(self) -> tuple[Token, ...]:
        """The part of the sentence that bears on the statement."""
        return self.sentence[self.start : self.end]

    @property
    def coverage(self) -> float:
        """Share of the statement's content words that are paired."""
        content = [i for i, token in enumerate(self.statement) if token.is_content]
        return sum(i in self.pairs for i in content) / len(content) if content else 0.0

    def unpaired(self) -> list[Token]:
        """Return the tokens of the window that no word of the statement meets."""
        return [self.sentence[index] for index in self.unpaired_places()]

    def unpaired_places(self) -> list[int]:
        """Return where in the sentence those tokens stand."""
        met = set(self.pairs.values())
        return [index for index in range(self.start, self.end) if index not in met]


@lru_cache(maxsize=512)
def read(statement: str, evidence: Evidence) -> tuple[Token, ...]:
    """Return the statement's tokens, read as the evidence's document would mean them."""
    return tokens(statement, today=evidence.date, aliases=evidence.aliases)


def read_sentences(evidence: Evidence) -> list[tuple[Token, ...]]:
    """Return the tokens of each cited sentence."""
    return [
        tokens(sentence, today=evidence.date, aliases=evidence.aliases)
        for sentence in evidence.sentences
    ]


@lru_cache(maxsize=512)
def compare(statement: str, evidence: Evidence) -> Comparison:
    """Set a statement beside the cited sentence with which it shares most."""
    mine = read(statement, evidence)
    senses = {token.sense or token.key for token in mine if token.is_content}
    sentences = read_sentences(evidence) or [()]
    nearest = max(
        sentences,
        key=lambda sentence: len(senses & {t.sense or t.key for t in sentence if t.is_content}),
    )
    pairs = _common(mine, nearest)
    met = [j for i, j in pairs.items() if mine[i].is_content] or list(pairs.values())
    start, end = _clauses(nearest, met)
    return Comparison(statement=mine, sentence=nearest, pairs=pairs, start=start, end=end)


def _common(mine: Sequence[Token], theirs: Sequence[Token]) -> dict[int, int]:
    """Return the longest common subsequence of the two, content words counting most."""
    rows = len(theirs)
    best = [[0] * (rows + 1) for _ in range(len(mine) + 1)]
    weights = [0 if t.is_mark else 4 if t.is_content else 1 for t in mine]
    places = Places(theirs, any_form=True)
    same = [set(places.of(t)) if w else set() for t, w in zip(mine, weights, strict=True)]
    for i in range(len(mine) - 1, -1, -1):
        row, below, mates = best[i], best[i + 1], same[i]
        for j in range(rows - 1, -1, -1):
            value = below[j] if below[j] >= row[j + 1] else row[j + 1]
            if j in mates:
                value = max(value, below[j + 1] + weights[i])
            row[j] = value
    pairs: dict[int, int] = {}
    i = j = 0
    while i < len(mine) and j < rows:
        if j in same[i] and best[i][j] == best[i + 1][j + 1] + weights[i]:
            pairs[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


_JOINS = frozenset("and but while although though whereas because which who whose where".split())


def _clauses(sentence: Sequence[Token], met: Sequence[int]) -> tuple[int, int]:
    """Return the reach of the clauses in which the met tokens stand."""
    if not met:
        return 0, len(sentence)
    start, end = min(met), max(met) + 1
    while start > 0 and not _is_border(sentence, start):
        start -= 1
    while end < len(sentence) and not (
        sentence[end].key == ";" or (sentence[end].key in _JOINS and end + 1 < len(sentence))
    ):
        end += 1
    return start, end


def _is_border(sentence: Sequence[Token], at: int) -> bool:
    before = sentence[at - 1]
    if before.key == ";":
        return True
    return before.key in ("and", "but") and at > 1 and sentence[at - 2].key == ","
