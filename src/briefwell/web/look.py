"""How the page looks to Gradio: fonts of the reader's own machine, quiet colours, our files."""

from __future__ import annotations

from typing import Any

import gradio as gr

SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")
HEAD = (
    '<link rel="icon" type="image/svg+xml" href="briefwell/static/icon.svg">'
    '<link rel="stylesheet" href="briefwell/static/app.css">'
    '<script type="module" src="briefwell/static/app.js"></script>'
)


_LOCALES = (
    "en ar ca ckb de es et eu fa fi fr he hi id ja ko lt nb nl pl pt pt-BR ro ru sv ta th tr uk ur "
    "uz zh-CN zh-TW"
)
_WORDS = {
    "upload_text.drop_file": "Drop documents here or",
    "upload_text.click_to_upload": "choose files",
}


def words() -> Any:
    """Return our own words where Gradio has some, the same for every browser's language."""
    return gr.I18n(**dict.fromkeys(_LOCALES.split(), _WORDS))


# Our colours change with light and dark by themselves, so Gradio's two sets are the same.
_COLOURS = {
    "body_background_fill": "var(--bw-ground)",
    "body_text_color": "var(--bw-ink)",
    "body_text_color_subdued": "var(--bw-soft)",
    "block_background_fill": "var(--bw-paper)",
    "block_border_color": "var(--bw-line)",
    "block_border_width": "0px",
    "block_label_background_fill": "transparent",
    "block_label_text_color": "var(--bw-soft)",
    "border_color_primary": "var(--bw-line)",
    "input_background_fill": "var(--bw-paper)",
    "input_border_color": "var(--bw-edge)",
    "input_placeholder_color": "var(--bw-soft)",
    "button_secondary_background_fill": "var(--bw-paper)",
    "button_secondary_background_fill_hover": "var(--bw-hover)",
    "button_secondary_border_color": "var(--bw-edge)",
    "button_secondary_text_color": "var(--bw-ink)",
    "background_fill_primary": "var(--bw-paper)",
    "background_fill_secondary": "var(--bw-ground)",
    "color_accent_soft": "var(--bw-accent-soft)",
    "link_text_color": "var(--bw-accent)",
}
_ALONE = {
    "color_accent": "var(--bw-accent)",
}


def theme() -> Any:
    """Return the theme; Gradio's default one would ask a font server."""
    made = gr.themes.Base(
        primary_hue=gr.themes.colors.sky,
        neutral_hue=gr.themes.colors.stone,
        radius_size=gr.themes.sizes.radius_md,
        font=list(SANS),
        font_mono=list(MONO),
    )
    dark = {f"{name}_dark": value for name, value in _COLOURS.items()}
    return made.set(**_COLOURS, **dark, **_ALONE)


def page_options() -> dict[str, Any]:
    """Return what Gradio must be told wherever the page is put: nothing extra, nothing remote."""
    return {
        "theme": theme(),
        "head": HEAD,
        "i18n": words(),
        "footer_links": [],
        "run_history": False,
        "ssr_mode": False,
        "mcp_server": False,
        "enable_monitoring": False,
        "show_error": False,
        "pwa": False,
    }
