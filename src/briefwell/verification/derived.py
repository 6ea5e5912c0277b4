"""What a source's sentence also says: the same in the active voice, a clause on its own.

Every derived sentence follows from the source's sentence alone, or from it and the sentence
before it where a pronoun needs one. Where a rule cannot be sure it derives nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefwell.verification.asides import asides
from briefwell.verification.lexicon import ARTICLES, FREE_WORDS, PREPOSITIONS, PRONOUNS, QUANTIFIERS
from briefwell.verification.restated import agent_ends, past, present
from briefwell.verification.spellings import IRREGULAR, VERB_THIRDS
from briefwell.verification.tokens import Token
from briefwell.verification.turning import has_verb, is_turning, turning

_BE = frozenset("is are was were".split())
_AUXILIARIES = _BE | frozenset("has have had will would can could may might did does do".split())
_DEFINITE = frozenset("the this that these those he she it they his her its their".split())
_SPEAKERS = frozenset(
    "say ~say state argu claim report note write announc conclud contend ~argu ~claim".split()
)
_SUBJECT_PRONOUNS = frozenset("he she it they".split())
_RELATIVES = frozenset("which who".split())
_SUBORDINATORS = _RELATIVES | frozenset(
    "that if whether to after before when while as because since although where than".split()
)
_PAST = frozenset("was were had did would could".split())


def derivations(theirs: Sequence[Token], before: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the sentence and what follows from it.

    Args:
        theirs: The cited sentence.
        before: The sentence before it in the same section, empty when there is none.
    """
    yield theirs
    bases = [theirs, *_resolved(theirs, before)]
    yield from bases[1:]
    for base in bases:
        for aside in asides(base):
            yield aside
            yield from second_predicates(aside)
        yield from _active(base)
        yield from _agentless(base)
        yield from second_predicates(base)
        yield from _pronoun_clause(base)
        yield from _beside_subject(base)
        yield from _according(base)


# --- who `he` is -----------------------------------------------------------------------------


def _resolved(theirs: Sequence[Token], before: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the sentence with its opening pronoun replaced by the subject before it."""
    if not theirs or theirs[0].key not in _SUBJECT_PRONOUNS or _is_expletive(theirs, 0):
        return
    subject = opening_subject(before)
    if not subject or not _fits(theirs[0], subject) or not _is_alone(before, subject):
        return
    yield [*subject, *theirs[1:]]
    if theirs[0].key in ("he", "she") and len(subject) > 1:
        yield [subject[-1], *theirs[1:]]


def _is_expletive(sentence: Sequence[Token], at: int) -> bool:
    """Tell whether `it` stands for nothing: `it was clear that`, `it took years to`."""
    ahead = {token.key for token in sentence[at + 1 : at + 8]}
    return sentence[at].key == "it" and bool(ahead & {"that", "to", "until", "who", "when", "if"})


def _fits(pronoun: Token, subject: Sequence[Token]) -> bool:
    """Tell whether the pronoun can stand for the subject, as far as its form shows."""
    is_plural = any(token.key == "and" for token in subject)
    is_nested = any(token.key in ("of", "'s") for token in subject)
    if is_nested or subject[0].key in PRONOUNS:
        return False
    if pronoun.key in ("he", "she"):
        return all(token.is_name for token in subject) and subject[0].key not in ARTICLES
    if pronoun.key == "it":
        return subject[0].key == "the" and not is_plural
    return subject[0].key == "the" or is_plural


def _is_alone(before: Sequence[Token], subject: Sequence[Token]) -> bool:
    """Tell whether nothing but the subject could be meant by a pronoun in the next sentence."""
    rest = before[len(subject) :]
    if any(token.key in _SUBJECT_PRONOUNS for token in rest):
        return False
    is_person = subject[0].key not in ARTICLES
    if not is_person and rest and rest[0].key in _BE and not any(t.form for t in rest[1:3]):
        return True
    for at, token in enumerate(rest):
        led = rest[at - 1] if at else None
        is_inside = led is not None and (led.is_name or led.key in ARTICLES)
        is_placed = led is not None and led.key in ("to", "in", "of", "from")
        if is_person and token.is_name and not (is_inside or is_placed):
            return False
        if not is_person and (token.is_name or token.key in _RIVALS):
            return False
    return True


_RIVALS = frozenset("the a this that his its their her".split())


def opening_subject(sentence: Sequence[Token]) -> list[Token]:
    """Return the opening noun phrase up to the first verb: definite or a name; else nothing."""
    subject: list[Token] = []
    for at, token in enumerate(sentence[:10]):
        if token.is_mark or token.key in _RELATIVES or token.key in PREPOSITIONS - {"of"}:
            return []
        if token.day is not None or token.key in QUANTIFIERS or (token.key == "that" and at):
            return []
        if at and _is_finite(sentence, at):
            break
        subject.append(token)
    else:
        return []
    is_definite = bool(subject) and (subject[0].key in _DEFINITE or subject[0].is_name)
    return subject if is_definite and turning(subject) is None else []


def _is_finite(sentence: Sequence[Token], at: int) -> bool:
    """Tell whether a finite verb stands at `at`, judging by its form."""
    token = sentence[at]
    if token.is_name or token.is_mark or token.figure or token.day:
        return False
    if token.key in _AUXILIARIES or token.form == "ed":
        return True
    is_led = at > 0 and sentence[at - 1].key in ARTICLES
    return token.key in VERB_THIRDS and not is_led and _takes_object(sentence, at)


def _takes_object(sentence: Sequence[Token], at: int) -> bool:
    follower = sentence[at + 1] if at + 1 < len(sentence) else None
    return follower is not None and (
        follower.key in ARTICLES
        or follower.is_name
        or follower.figure is not None
        or follower.key in ("that", "its", "his", "their", "her", "to", "of")
    )


# --- voice -----------------------------------------------------------------------------------


def _active(sentence: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield `A V B` for a sentence that says `B was V by A`."""
    for be in range(1, len(sentence) - 2):
        verb = sentence[be + 1]
        if sentence[be].key not in _BE or verb.form not in ("ed", "en"):
            continue
        patient, rest = sentence[:be], sentence[be + 2 :]
        if any(token.is_mark for token in patient) or turning(patient):
            return
        by = next((at for at, token in enumerate(rest[:8]) if token.key == "by"), -1)
        if patient[0].key in _OPENERS or not 0 <= by < len(rest) - 1:
            return
        agent = rest[by + 1]
        if agent.form == "ing" or agent.day is not None or agent.figure is not None:
            return
        if any(t.is_mark or t.key in ("and", "or") or has_verb([t]) for t in rest[:by]):
            return
        done = past(verb) if sentence[be].key in ("was", "were") else present(verb)
        for end in agent_ends(rest, by + 1):
            is_list = rest[end : end + 1] and rest[end].key == "," and _has_joint(rest[end:])
            if not is_list:
                yield [*rest[by + 1 : end], done, *patient, *rest[:by], *rest[end:]]
        return


def _has_joint(part: Sequence[Token]) -> bool:
    return any(token.key in ("and", "or") for token in part)


_OPENERS = PREPOSITIONS | frozenset("when while as if although though where once whenever".split())


def _agentless(sentence: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield `B was V …` for a sentence whose subject is left out: `A V B …`."""
    subject = opening_subject(sentence)
    at = len(subject)
    if not subject or at + 1 >= len(sentence):
        return
    verb = sentence[at]
    if verb.form != "ed" or is_turning(verb) or verb.key in _AUXILIARIES:
        return
    for end in agent_ends(sentence, at + 1)[:2]:
        patient = sentence[at + 1 : end]
        if not patient or has_verb(patient) or turning(patient) or opens_with_preposition(patient):
            return
        for be in ("was", "were"):
            done = [replace(verb, key=f"{verb.key}~", form=form) for form in ("ed", "en")]
            for participle in done:
                yield [*patient, Token(text=be, key=be, sense=be), participle, *sentence[end:]]


def opens_with_preposition(part: Sequence[Token]) -> bool:
    """Tell whether the first word of `part` is a preposition or a date."""
    return bool(part) and (part[0].key in PREPOSITIONS or part[0].day is not None)


# --- clauses on their own --------------------------------------------------------------------


def second_predicates(sentence: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield `S did Y` for a sentence that says `S did X and did Y`."""
    subject = opening_subject(sentence)
    for at in range(len(subject) + 2, len(sentence) - 2) if subject else ():
        if sentence[at].text.lower() not in ("and", "but"):
            continue
        first = sentence[len(subject) + 1 : at - 1 if sentence[at - 1].key == "," else at]
        is_passive = sentence[len(subject)].key in _AUXILIARIES
        # The participle of a passive is no second clause; any other verb may be one.
        inner = first[2:] if is_passive else first
        if any(t.is_mark or t.key in _SUBORDINATORS or has_verb([t]) for t in inner):
            return
        if _is_second_verb(sentence, at + 1, is_passive=is_passive, first=first):
            yield [*subject, *sentence[at + 1 :]]


def _is_second_verb(
    sentence: Sequence[Token], at: int, *, is_passive: bool, first: Sequence[Token]
) -> bool:
    verb = sentence[at]
    if not _is_finite(sentence, at) or is_turning(verb):
        return False
    if verb.form != "ed" or verb.key in IRREGULAR or not is_passive:
        return True
    return _takes_object(sentence, at) or any(token.key == "born" for token in first)


def _pronoun_clause(sentence: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield `S did Y` for `S did X, but it did Y` where nothing else can be meant by `it`."""
    start = 1 if sentence and sentence[0].key in ("although", "though", "while", "because") else 0
    subject = opening_subject(sentence[start:]) or _bare_subject(sentence[start:])
    if not subject:
        return
    for at in range(start + len(subject), len(sentence) - 2):
        is_join = sentence[at].key in ("and", "but") or bool(start)
        if sentence[at if start else at - 1].key != "," or not is_join:
            continue
        between = sentence[start + len(subject) : at]
        is_clear = not any(token.is_name or token.key in ARTICLES for token in between)
        is_pronoun = sentence[at + 1].key in _SUBJECT_PRONOUNS
        is_pronoun = is_pronoun and not _is_expletive(sentence, at + 1)
        if is_clear and is_pronoun and not turning(between):
            yield [*subject, *sentence[at + 2 :]]


def _bare_subject(sentence: Sequence[Token]) -> list[Token]:
    """Return a plural noun that opens the sentence before an auxiliary: `Prices have`."""
    is_plain = len(sentence) > 2 and sentence[1].key in _AUXILIARIES and sentence[0].is_content
    return [sentence[0]] if is_plain and sentence[0].key.endswith("s") else []


def _beside_subject(sentence: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield what stands between commas after the subject, as a sentence about the subject."""
    comma = next((at for at, token in enumerate(sentence[:10]) if token.key == ","), 0)
    if not comma or has_verb(sentence[:comma]) or turning(sentence[:comma]):
        return
    subject = list(sentence[:comma])
    is_adverb = subject[0].key in FREE_WORDS or subject[0].key.endswith("ly")
    is_definite = (subject[0].is_name or subject[0].key in _DEFINITE) and not is_adverb
    close = next((at for at in range(comma + 2, len(sentence)) if sentence[at].key == ","), 0)
    if not is_definite or opens_with_preposition(subject) or not close:
        return
    inside, after = sentence[comma + 1 : close], sentence[close + 1 :]
    if turning(inside) or not after or after[0].key in ("and", "or", "but"):
        return
    head = inside[0]
    be = "was" if any(t.form == "ed" or t.key in _PAST for t in after[:6]) else "is"
    if head.key in _RELATIVES:
        yield [*subject, *inside[1:]]
    elif (head.key in ("the", "a") and not has_verb(inside)) or head.key == "worth":
        yield [*subject, Token(text=be, key=be, sense=be), *inside]
    elif head.form in ("ed", "en") and not head.is_name:
        yield [*subject, Token(text="was", key="was", sense="was"), *inside]
    if all(token.is_name for token in inside) and subject[0].key == "the":
        yield [*inside, *after]


def _according(sentence: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield `according to A, P` for a sentence that says `A said that P`."""
    subject = opening_subject(sentence)
    at = len(subject)
    if not subject or at + 2 >= len(sentence) or sentence[at].sense not in _SPEAKERS:
        return
    if sentence[at + 1].key != "that":
        return
    source = Token(text="according to", key="according to", sense="according to")
    said = [token for token in sentence[at + 2 :] if token.key != "."]
    comma = Token(text=",", key=",", is_mark=True)
    yield [source, *subject, comma, *said]
    yield [*said, comma, source, *subject]
