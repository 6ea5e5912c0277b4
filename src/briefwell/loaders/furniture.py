"""Knows page furniture: lines that belong to the page and not to the document."""

from __future__ import annotations

import re

_NAVIGATION = re.compile(
    r"""
    (?:(?:back|return|go)\ to\ )?(?:the\ )?(?:top|bottom)\ of(?:\ the|\ this)?\ page
    | (?:back|return|go|up)\ to\ (?:the\ )?(?:top|bottom|menu|home|start)
    | skip\ (?:to|navigation)(?:\ (?:the\ )?(?:main\ )?(?:content|navigation|menu|search|footer))?
    | jump\ to\ (?:main\ )?(?:content|navigation|search)
    | (?:main|toggle|open|close)\ (?:menu|navigation|search)(?:\ menu)?
    | (?:previous|next)\ (?:page|article|post|story)
    | back\ to\ (?:all\ )?(?:news|articles|posts|results|publications|blog|stories)
    | (?:share|tweet|email|print)\ (?:this|on|via)(?:\ \w+){0,3}:?
    | share\ (?:this\ )?(?:article|page|post|story):?
    | print\ (?:this\ )?(?:article|page|version)
    | click\ to\ (?:share|e-?mail|print).{0,80} | .{0,60}\(opens\ in\ (?:a\ )?new\ (?:window|tab)\)
    | (?:click|tap)\ here\ to\ (?:print|share|subscribe)
    | (?:read|show|load|learn)\ more(?:\ *[→»…])? | read\ more:\ .{1,120} | continue\ reading.{0,80}
    | see\ all | view\ all
    | (?:\d{1,3}[\ -])min(?:ute)?s?\.?\ read | (?:estimated\ )?reading\ time:?\ .{1,20}
    | download\ (?:the\ )?(?:pdf|article|full\ (?:report|text))
    | listen\ to\ (?:this\ )?(?:article|story)
    | (?:write|leave|add|post)\ a\ (?:comment|reply)\ ?(?:…|\.\.\.)? | (?:view|show)\ comments?
    | \d{1,5}\ comments? | no\ comments(?:\ yet)? | comments\ are\ closed\.?
    | subscribe\ (?:now|today|for\ free|to\ (?:our|the|my)\ .{1,60}) | log\ ?(?:in|out)
    | sign\ (?:in|out|up(?:\ (?:for|to)\ .{1,40}\ (?:newsletter|updates|alerts|briefing).{0,60})?)
    | enter\ your\ e-?mail(?:\ address)?.{0,40} | thanks\ for\ (?:reading|subscribing).{0,110}
    | (?:follow|find|like|join)\ us\ on\ .{1,60}
    | advertisement | sponsored\ content | loading(?:…|\.\.\.)
    | more\ on:\ .{1,120}
    | page\ 0\d\ [a-z\ ]{2,30}\ \d{4,6}(?:\ .{0,40})?
    | home\ *[>/»›|]\ *.{1,120}
    | privacy\ *[∙·•|]\ *terms.{0,60}
    | sitemap | site\ map
    | (?:privacy|cookie)\ (?:policy|notice|settings|preferences)
    | terms\ (?:of\ (?:use|service)|and\ conditions)
    | (?:accept|reject|allow|decline|manage)(?:\ (?:all|optional|essential))?\ cookies?
    | got\ it[.!]? | i\ (?:accept|agree)
    | (?:[-–—]\ *)?page\ \d+(?:\ (?:of|/)\ \d+)?(?:\ *[-–—])?
    | [-–—]\ *\d{1,4}\ *[-–—]
    | \d{1,4}\ of\ \d{1,4}
    | (?:copyright\ )?(?:©|\(c\))\ ?.{0,100} | copyright\ (?:19|20)\d\d[^.]{0,100}\.?
    | .{0,80}\ball\ rights\ reserved\.?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NAVIGATION_ABROAD = re.compile(
    r"""
    compartir(?:\ (?:en|por|v[ií]a|este|esta)(?:\ \w+){1,3}) | suscr[ií]bete.{0,60}
    | (?:ir|saltar)\ al\ contenido(?:\ principal)? | volver\ (?:arriba|al\ inicio)
    | (?:leer|ver)\ más | seguir\ leyendo | iniciar\ sesión | te\ puede\ interesar:?
    | (?:lea|leer|lee)\ también:?.{0,100} | (?:inicio|accueil|startseite)\ *[>/»›|]\ *.{1,120}
    | .{0,80}todos\ (?:los\ derechos|os\ direitos)\ reservados\.?
    | aviso\ (?:legal|de\ privacidad) | política\ de\ (?:privacidad|cookies)
    | partager(?:\ (?:cet?|cette|sur|par|via)(?:\ [\w’'-]+){1,3}) | (?:à\ )?lire\ aussi\ ?:?.{0,100}
    | aller\ au\ contenu(?:\ principal)?
    | (?:retour\ en\ )?haut\ de(?:\ la)?\ page | retour\ en\ haut
    | mentions\ légales | politique\ de\ confidentialité | .{0,80}tous\ droits\ réservés\.?
    | lire\ la\ suite | en\ savoir\ plus | se\ connecter | (?:s['’]abonner|abonnez-vous).{0,60}
    | zum\ (?:haupt)?inhalt(?:\ springen)?
    | (?:seite|artikel)\ (?:drucken|teilen|empfehlen|versenden)
    | nach\ oben | zum\ seitenanfang | mehr\ (?:lesen|erfahren|zum\ thema) | weiterlesen
    | lesen\ sie\ (?:auch|mehr):?.{0,100} | newsletter\ (?:abonnieren|bestellen)
    | datenschutzerklärung | .{0,80}alle\ rechte\ vorbehalten\.?
    | compartilhar(?:\ \w+){0,3} | leia\ (?:também|mais).{0,100}
    | pular\ para\ o\ conteúdo | voltar\ ao\ topo
    | condividi(?:\ \w+){0,3} | leggi\ (?:anche|di\ più).{0,100} | vai\ al\ contenuto | torna\ su
    | .{0,80}tutti\ i\ diritti\ riservati\.?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OTHER_TEXTS = re.compile(
    r"(?:recent|related|latest|popular|similar|trending|more|other)\ (?:posts?|articles?|stories"
    r"|content|news|publications|reading)|you\ (?:may|might)\ also\ (?:like|be\ interested\ in)"
    r"|read\ next"
    r"|most\ (?:read|popular)|recommended\ for\ you"
    r"|(?:artículos|noticias|notas|contenidos?)\ relacionad[oa]s|articles\ (?:liés|similaires)"
    r"|(?:à\ )?lire\ aussi|te\ puede\ interesar|lesen\ sie\ auch|mehr\ zum\ thema|leia\ também"
    r"|leggi\ anche",
    re.IGNORECASE | re.VERBOSE,
)
_MORE_FROM = re.compile(r"more (?:from|in|on|by)\b.{1,40}", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:table of )?contents|in this (?:article|report|issue)|on this page", re.I
)
_NUMBERED_KICKER = re.compile(
    r"(?:policy |issue |briefing |working |discussion |research |occasional )?(?:brief|note|paper"
    r"|report|memo|bulletin)s? (?:no\.?|nr\.?|number|#) ?[\d/-]+.{0,40}",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:\d{1,5}|no)\ (?:comments?|replies|responses)(?:\ (?:yet|on|to)\b.{0,120})?"
    r"|(?:write|leave|add|post)\ a\ (?:comment|reply)\ ?(?:…|\.\.\.)?",
    re.IGNORECASE | re.VERBOSE,
)
_MENU_WORDS = frozenset(
    """home menu search next previous share tweet email print top bottom subscribe login about
    contact news blog help more close back donate tags topics paid save facebook twitter linkedin
    whatsapp instagram youtube telegram reddit pinterest
    inicio contacto buscar compartir imprimir publicidad accueil contact rechercher partager
    imprimer publicité s’abonner startseite kontakt suche impressum datenschutz teilen drucken
    anzeige werbung anmelden""".split()
)
_MENU_PHRASES = frozenset(("about us", "contact us", "sign in", "log in", "filed under"))
_KICKERS = frozenset(
    kicker.strip()
    for kicker in """opinion, op-ed, editorial, analysis, commentary, expert comment, perspective,
    perspectives, viewpoint, insight, insights, essay, feature, article, blog post, research,
    report, special report, policy brief, issue brief, briefing, briefing paper, backgrounder,
    explainer, fact sheet, factsheet, working paper, policy paper, policy note, discussion paper,
    white paper, press release, news release, media release, press statement, media note, interview,
    for immediate release, memorandum, memo, in depth, confidential, secret, top secret,
    unclassified, restricted, limited official use, for official use only,
    análisis, opinión, tribuna, comunicado de prensa, nota informativa, analyse, tribune,
    communiqué de presse, kommentar, gastbeitrag, pressemitteilung""".replace("\n", " ").split(",")
)
_COOKIES = re.compile(
    r"\b(?:we|(?:this|our)\ (?:web)?site(?:s)?|by\ (?:using|continuing))\b.{0,120}\bcookies\b",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_RIGHTS = re.compile(r"(?:copyright\b|©|\(c\)).*\b(?:rights|reserved|permission)\b", re.I | re.S)
_LINK_ENDS = "→←↑↓»«›‹>|•·∙ \t\ufeff"
_LONGEST = 140
_LONGEST_COOKIE_NOTICE = 400


def is_furniture(text: str) -> bool:
    """Tell whether `text`, a line or a short block, is page furniture wherever it stands."""
    if not any(char.isalnum() for char in text):
        return True
    if len(text) > 2 * _LONGEST:
        return False
    line = _line(text)
    return len(line) <= _LONGEST and bool(
        _NAVIGATION.fullmatch(line)
        or _NAVIGATION_ABROAD.fullmatch(line)
        or _OTHER_TEXTS.fullmatch(line.rstrip(": "))
    )


def heads_other_texts(text: str) -> bool:
    """Tell whether `text` stands over a list of other articles, such as `Related articles`."""
    return _OTHER_TEXTS.fullmatch(_line(text).rstrip(": ")) is not None


def heads_comments(text: str) -> bool:
    """Tell whether `text` stands over what readers wrote under an article."""
    return _COMMENTS.fullmatch(_line(text)) is not None


def is_kicker(text: str) -> bool:
    """Tell whether `text` only names the kind or the class of the document below it."""
    line = _line(text).rstrip(":")
    return line.casefold() in _KICKERS or _NUMBERED_KICKER.fullmatch(line) is not None


def heads_contents(text: str) -> bool:
    """Tell whether `text` stands over a table of contents."""
    return _CONTENTS.fullmatch(_line(text).rstrip(":")) is not None


def names_other_texts(text: str) -> bool:
    """Tell whether `text`, below the document, stands over a list of others: `More from Asia`."""
    return heads_other_texts(text) or _MORE_FROM.fullmatch(_line(text)) is not None


def is_cookie_notice(text: str) -> bool:
    """Tell whether a short block at a document's edge is a site's cookie notice."""
    return len(text) <= _LONGEST_COOKIE_NOTICE and _COOKIES.search(text) is not None


def is_legal_notice(text: str) -> bool:
    """Tell whether a short block at a document's edge only says whose the words are."""
    return len(text) <= _LONGEST_COOKIE_NOTICE and _RIGHTS.match(text.strip()) is not None


def is_menu_word(text: str) -> bool:
    """Tell whether `text` is a word that is furniture in a menu, though not everywhere."""
    line = _line(text).casefold()
    found = [word.strip(",:") for word in line.split()]
    return line.rstrip(":") in _MENU_PHRASES or bool(found) and set(found) <= _MENU_WORDS


def _line(text: str) -> str:
    return " ".join(text.split()).strip(_LINK_ENDS)
