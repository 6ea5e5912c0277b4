"""What stands around a text copied from a web page is told from the text itself."""

from __future__ import annotations

import pytest

from briefwell.loaders import Limits
from briefwell.loaders.furniture import is_furniture
from briefwell.loaders.plain import parse

TITLE = "Harbour Fees in the North: Who Pays?"
PROSE = "The council met on Monday and spoke for three hours about the fees of the port."


def kinds(text: str) -> dict[str, str]:
    found = parse(text.encode(), limits=Limits())
    return {block.span.cut(text): block.kind.value for block in found.blocks}


def title(text: str) -> str | None:
    found = parse(text.encode(), limits=Limits()).title
    return found.value if found else None


@pytest.mark.parametrize(
    "menu",
    [
        "Home\nAbout Us\nOur Work\nDonate",
        "Skip to content\n\nMenu\nResearch\nSearch",
        "Inicio\nActualidad\nCultura",
        "Startseite\nThemen\nKontakt",
        "The Port Desk\nSubscribe\nSign in",
        "Home > Analysis > Ports",
        "Accueil / Actualités / Ports",
        "Port House\nBriefing Note No. 14",
        "Ellery | Trade",
    ],
)
def test_a_menu_over_the_title_is_furniture(menu: str):
    text = f"{menu}\n\n{TITLE}\n\n{PROSE}\n\n{PROSE}"
    assert title(text) == TITLE
    found = kinds(text)
    assert [found[line] for line in menu.split("\n") if line] == ["furniture"] * len(
        menu.replace("\n\n", "\n").split("\n")
    )


@pytest.mark.parametrize(
    "kicker", ["OPINION", "Policy Brief", "CONFIDENTIAL", "Press Release", "Port House\nCOMMENTARY"]
)
def test_a_line_that_names_the_kind_of_text_is_not_its_title(kicker: str):
    assert title(f"{kicker}\n\n{TITLE}\n\nBy Ana Ruiz\n\n{PROSE}") == TITLE


def test_a_kind_of_text_right_over_its_prose_is_its_title():
    assert title(f"Commentary\n\n{PROSE}") == "Commentary"


@pytest.mark.parametrize(
    "line",
    [
        "Share this:",
        "Click to share on Facebook (Opens in new window)",
        "6 min read",
        "Reading time: 8 minutes",
        "12 Comments",
        "Leave a reply",
        "Read more: Three Ports and a Canal",
        "Subscribe to our weekly letter",
        "Follow us on Telegram",
        "Copyright 2024 Port Papers Ltd",
        "Related articles",
        "Compartir en Facebook",
        "Partager cet article",
        "Seite drucken",
        "Todos los derechos reservados",
        "Lire aussi : Trois ports",
        "More on: Ports | Trade",
        "PAGE 01 ELLERY 04417 191502Z",
    ],
)
def test_lines_of_a_page_are_furniture_wherever_they_stand(line: str):
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell by a third.",
        "Home is where the port is, said the mayor.",
        "Comments by the minister",
        "More stories than ever were told about the port",
        "Sign of the times",
        "Copyright law in the ports",
        "Further reading",
        "Print runs",
    ],
)
def test_lines_of_a_document_are_not(line: str):
    assert not is_furniture(line)


def test_words_of_a_menu_inside_the_document_stay():
    text = f"{TITLE}\n\n{PROSE}\n\nContact\n\n{PROSE}\n\nFacebook\n\n{PROSE}"
    found = kinds(text)
    assert (found["Contact"], found["Facebook"]) == ("heading", "heading")


def test_share_buttons_beside_name_and_date_leave_them():
    text = f"{TITLE}\n\nAna Ruiz\nOct 12, 2022\n48\nShare\n\n{PROSE}\n\n{PROSE}"
    found = kinds(text)
    assert found["48"] == found["Share"] == "furniture"
    assert "Ana Ruiz" in "".join(words for words, kind in found.items() if kind == "paragraph")


def test_titles_of_other_articles_are_furniture_below_the_text():
    others = "Recent Posts\n\nSee All\nThe Old Canal\nIs the Lock Closed?"
    found = kinds(f"{TITLE}\n\n{PROSE}\n\n{PROSE}\n\n{others}")
    assert found["The Old Canal"] == found["Is the Lock Closed?"] == "furniture"


def test_titles_of_other_articles_are_furniture_between_paragraphs_too():
    found = kinds(f"{TITLE}\n\n{PROSE}\n\nRelated stories\nThe Old Canal\n\n{PROSE}\n\n{PROSE}")
    assert found["The Old Canal"] == "furniture"


def test_what_readers_wrote_is_furniture():
    comment = "I have sailed into this port for thirty years and never paid so much in one summer."
    found = kinds(f"{TITLE}\n\n{PROSE}\n\n{PROSE}\n\n2 Comments\n\nTom\n\n{comment}")
    assert found[comment] == "furniture"


def test_a_date_at_the_end_is_not_lost_among_other_articles():
    text = f"{TITLE}\n\n{PROSE}\n\n{PROSE}\n\nMore stories\nThe Old Canal\n\n3 May 2020"
    assert kinds(text)["3 May 2020"] == "paragraph"


def test_a_notice_of_rights_at_the_edge_is_furniture():
    notice = (
        "Copyright 2024 Port Papers. All rights reserved. No part may be printed without\nleave."
    )
    assert kinds(f"{TITLE}\n\n{PROSE}\n\n{PROSE}\n\n{notice}")[notice] == "furniture"


def test_the_sites_name_after_a_bar_is_not_in_the_title():
    assert title(f"{TITLE} | The Port Desk\n\n{PROSE}") == TITLE
    assert title(f"Fees | Port\n\n{PROSE}") == "Fees | Port"


def test_a_date_line_over_the_title_leaves_it_the_title():
    text = f"Ellery, 12.10.2022\n\n{TITLE}\n\n{PROSE}\n\n{PROSE}"
    assert title(text) == TITLE


def test_a_table_of_contents_is_furniture():
    contents = "Contents\n1. Summary\n2. Supply"
    text = f"{TITLE}\n\n{contents}\n\n1. Summary\n\n{PROSE}\n\n2. Supply\n\n{PROSE}"
    found = parse(text.encode(), limits=Limits()).blocks
    assert [block.kind.value for block in found] == [
        *("heading", "furniture", "furniture", "furniture"),
        *("heading", "paragraph", "heading", "paragraph"),
    ]


def test_a_late_list_of_other_articles_is_furniture():
    others = "More from Ellery\nThe Old Canal"
    found = kinds(f"{TITLE}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{others}\n\n{PROSE}")
    assert found["The Old Canal"] == "furniture"
