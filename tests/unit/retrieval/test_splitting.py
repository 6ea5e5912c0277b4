from __future__ import annotations

import pytest

from briefwell.retrieval.splitting import parts


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Where is the old mill?", ()),
        ("What did the mill and the ferry cost?", ()),
        ("What was built between 1900 and 1950?", ()),
        ("", ()),
        ("and what", ()),
        (
            "Who built the old mill, and what did the new ferry cost?",
            ("Who built the old mill", "what did the new ferry cost?"),
        ),
        (
            "Who built the old mill? When did the ferry sink?",
            ("Who built the old mill", "When did the ferry sink?"),
        ),
        (
            "On which river is the mill and by whom was the ferry sold?",
            ("On which river is the mill", "by whom was the ferry sold?"),
        ),
        (
            "Which was sold first, the Norholm ferry or the old mill?",
            (
                "Which was sold first, the Norholm ferry?",
                "Which was sold first, the old mill?",
            ),
        ),
        (
            "Compare the harbour of Norholm with the harbour of Linden.",
            ("Compare the harbour of Norholm.", "Compare the harbour of Linden."),
        ),
        (
            "What is the difference between barley and rye in winter?",
            (
                "What is the difference between barley in winter?",
                "What is the difference between rye in winter?",
            ),
        ),
        (
            "How does the first lease differ from the second lease?",
            ("How does the first lease?", "How does the second lease?"),
        ),
    ],
)
def test_parts(question: str, expected: tuple[str, ...]) -> None:
    assert parts(question) == expected


def test_a_long_list_of_questions_is_cut() -> None:
    question = " ".join(f"Who built the old mill number {number}?" for number in range(50))
    assert len(parts(question)) == 4
