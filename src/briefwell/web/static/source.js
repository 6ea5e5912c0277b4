// The source pane: the passages of an answer, and a document opened at one of its citations.

import { all, find, fragment, tell } from "./server.js";

// `document` and `shown` are what was last wished for; `filled` is the document that stands there.
export const state = { turn: null, citations: [], at: -1, document: "", shown: "", filled: "" };

// Every wish takes the next number; what arrives for an older wish is left out.
let wishes = 0;

export const source = () => find("#bw-source");

function citationsOf(turn) {
  const seen = new Map();
  for (const button of all('button[name="cite"], button[name="passage"]', turn)) {
    const citation = JSON.parse(button.value);
    if (!seen.has(citation.n)) seen.set(citation.n, citation);
  }
  return [...seen.values()].sort((one, other) => one.n - other.n);
}

function bar(parts) {
  const made = document.createElement("div");
  made.className = "bw-bar";
  for (const [name, label, words, off] of parts) {
    if (!name) {
      const place = document.createElement("span");
      place.className = "bw-place";
      place.textContent = words;
      made.append(place);
      continue;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.name = name;
    button.className = "bw-quiet";
    button.textContent = words;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.disabled = Boolean(off);
    made.append(button);
  }
  return made;
}

// The words of an empty pane; Gradio may fill it after this page's own script has begun.
function keepOpening() {
  if (find("#bw-source-empty", source())) opening.html = source().innerHTML;
}

function fill(top, html) {
  keepOpening();
  const body = document.createElement("div");
  body.innerHTML = html;
  source().replaceChildren(...(top ? [top] : []), body);
  return body;
}

const opening = { html: "" };

export function emptySource() {
  wishes += 1;
  Object.assign(state, { turn: null, citations: [], at: -1, document: "", filled: "" });
  keepOpening();
  source().innerHTML = opening.html;
}

export async function showPassages(turn, at = 0) {
  const citations = citationsOf(turn);
  const key = `${turn.id} ${JSON.stringify(citations)}`;
  if (state.shown === key) return;
  state.shown = key;
  if (!citations.length || find(".bw-abstention", turn)) {
    emptySource();
    return;
  }
  const wish = (wishes += 1);
  try {
    const html = await fragment("passages", { citations });
    if (wish !== wishes) return;
    fill(null, `<h2 class="bw-pane-head">Passages cited</h2>${html}`);
    scrollTo(find(`#bw-passage-${at}`, source()));
    Object.assign(state, { turn, citations, at: -1, document: "", filled: "" });
    markNow();
  } catch (error) {
    if (wish === wishes) source().replaceChildren(tell(error.message));
  }
}

export async function openCitation(turn, citation, { focus = true } = {}) {
  if (turn) Object.assign(state, { turn, citations: citationsOf(turn) });
  state.at = state.citations.findIndex((item) => item.n === citation.n);
  const marks = state.citations.filter((item) => item.s === citation.s);
  const key = JSON.stringify([citation.s, marks]);
  const wish = (wishes += 1);
  state.document = key;
  state.shown = key;
  try {
    if (state.filled !== key) {
      const html = await fragment("document", {
        source: citation.s,
        citations: marks,
        focus: citation.n,
      });
      if (wish !== wishes) return;
      fill(bar([]), html);
      state.filled = key;
    }
    find(".bw-bar", source()).replaceWith(documentBar());
    markNow();
    showPane("right");
    scrollTo(find(`.bw-m-${citation.n}`, source()));
    if (focus) find("#bw-source-title", source())?.focus({ preventScroll: true });
  } catch (error) {
    if (wish !== wishes) return;
    // The wish stands, or the passages would be put over what went wrong.
    state.filled = "";
    source().replaceChildren(documentBar(), tell(error.message));
    markNow();
    showPane("right");
  }
}

// A turn that is being answered is made anew with each sentence, and has more citations then.
export function followTurn() {
  const { turn, citations, at } = state;
  const now = turn && !turn.isConnected && document.getElementById(turn.id);
  if (!now) return;
  Object.assign(state, { turn: now, citations: citationsOf(now) });
  state.at = state.citations.findIndex((item) => item.n === citations[at]?.n);
  if (state.at >= 0) find(".bw-bar", source())?.replaceWith(documentBar());
  markNow();
}

function scrollTo(mark) {
  const pane = find("#bw-right");
  if (!mark) {
    pane.scrollTop = 0;
    return;
  }
  const [inside, around] = [mark.getBoundingClientRect(), pane.getBoundingClientRect()];
  pane.scrollTop += inside.top - around.top - around.height / 3;
}

function documentBar() {
  const { at, citations } = state;
  if (at < 0) return bar([["", "", ""], ["close", "Close the document", "Close"]]);
  return bar([
    ["back", "Back to the passages of this answer", "Passages"],
    ["", "", `Citation ${citations[at].n} of ${citations.length}`],
    ["previous", "Previous citation", "Previous", at === 0],
    ["next", "Next citation", "Next", at === citations.length - 1],
  ]);
}

function markNow() {
  const now = state.citations[state.at]?.n;
  for (const mark of all(".bw-mark", source())) {
    mark.classList.toggle("bw-now", now !== undefined && mark.classList.contains(`bw-m-${now}`));
  }
  for (const button of all('.bw-marker')) {
    const is = button.closest(".bw-turn") === state.turn && JSON.parse(button.value).n === now;
    button.classList.toggle("bw-now", is);
    if (is) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

export function step(by) {
  const next = state.citations[state.at + by];
  if (next) openCitation(null, next, { focus: false });
}

export function back() {
  const { turn, citations, at } = state;
  state.shown = "";
  state.document = "";
  if (turn?.isConnected) showPassages(turn, citations[at]?.n);
  else emptySource();
  find(".bw-marker.bw-now")?.focus();
}

export function showPane(name) {
  find("#bw-panes")?.setAttribute("data-pane", name);
  for (const button of all('button[name="pane"]')) {
    button.setAttribute("aria-pressed", String(button.value === name));
  }
}
