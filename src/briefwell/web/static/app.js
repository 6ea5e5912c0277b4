// Briefwell: what the page does beside Gradio. Clicks are delegated; every word that is put on
// the page was escaped by the server, and every request goes back to it.

import { dropTip, hideTip, tip } from "./card.js";
import { filterDocuments, filtersChanged, searchAll, tickAgain } from "./filters.js";
import {
  change,
  copyBoth,
  currentConversation,
  exported,
  flash,
  listKept,
  openConversation,
  rate,
  rateNote,
} from "./kept.js";
import {
  UNREACHABLE,
  afterTyping,
  all,
  base,
  find,
  isOpening,
  setBox,
  tell,
  wakeLater,
  whenOpened,
} from "./server.js";
import {
  back,
  emptySource,
  followTurn,
  openCitation,
  showPane,
  showPassages,
  state,
  step,
} from "./source.js";

const send = () => find("#bw-question .submit-button")?.click();
const stopButton = () => find("#bw-question .stop-button");

function ask(button, question, insteadOf = "") {
  if (stopButton()) {
    flash(button, "Still answering");
    return;
  }
  showPane("middle");
  whenOpened(() => {
    setBox("#bw-instead", String(insteadOf));
    setBox("#bw-question", question);
    afterTyping(send);
  });
}

// An edited question takes the place of its turn and of those after it.
const editing = document.createElement("p");
editing.className = "bw-editing";
editing.hidden = true;

function tellEditing(turn) {
  const after = all(".bw-turn").filter(
    (other) => turn.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING,
  ).length;
  const also = after ? ` and the ${after} after it` : "";
  editing.textContent = `Editing this question: sending replaces it${also}. Escape keeps it.`;
  editing.hidden = false;
  find("#bw-question").before(editing);
}

function stopEditing() {
  if (editing.hidden) return false;
  editing.hidden = true;
  setBox("#bw-instead", "");
  setBox("#bw-question", "");
  return true;
}

// --- panes and theme ----------------------------------------------------------

function setTheme(name) {
  document.body.classList.toggle("dark", name === "dark");
}

// A question that was typed and not yet taken up outlives a reload.
function keepDraft(words) {
  sessionStorage.setItem("briefwell-draft", words);
}

let restored = false;

function restoreDraft() {
  // Not before the page has been filled: until then Gradio still sets the box itself.
  if (restored || !find(".bw-welcome, .bw-turn")) return;
  restored = true;
  const kept = sessionStorage.getItem("briefwell-draft");
  if (kept) setBox("#bw-question", kept);
}

// --- events ---------------------------------------------------------------------------

const actions = {
  cite: (button) => openCitation(button.closest(".bw-turn"), JSON.parse(button.value)),
  passage: (button) => openCitation(button.closest(".bw-turn"), JSON.parse(button.value)),
  open(button) {
    const citation = JSON.parse(button.value);
    if (citation.n) return openCitation(null, citation);
    Object.assign(state, { citations: [], at: -1 });
    return openCitation(null, citation);
  },
  previous: () => step(-1),
  next: () => step(1),
  back,
  close: back,
  ask: (button) => ask(button, JSON.parse(button.value).question),
  again: (button) => ask(button, JSON.parse(button.value).question),
  widen(button) {
    const { question, turn } = JSON.parse(button.value);
    searchAll();
    ask(button, question, turn);
  },
  clear: searchAll,
  async copy(button) {
    const { c, turn } = JSON.parse(button.value);
    const part = (kind) => exported(c, turn, kind);
    try {
      await copyBoth(await part("txt"), await part("html"));
      flash(button, "Copied");
    } catch (error) {
      flash(button, "Could not copy");
    }
  },
  "rate-up": (button) => rate(button, "up"),
  "rate-down": (button) => rate(button, "down"),
  new() {
    openConversation("");
    find("#bw-question textarea")?.focus();
  },
  reopen: (button) => openConversation(JSON.parse(button.value).c),
  async rename(button) {
    const { c, title } = JSON.parse(button.value);
    const wanted = prompt("Another name for this conversation", title);
    if (wanted && wanted.trim()) await change({ what: "rename", conversation: c, title: wanted });
    listKept();
  },
  async delete(button) {
    const { c, title } = JSON.parse(button.value);
    if (!confirm(`Delete “${title}” for good?`)) return;
    await change({ what: "delete", conversation: c });
    if (c === currentConversation()) openConversation("");
    listKept();
  },
  edit(button) {
    const { turn, question } = JSON.parse(button.value);
    setBox("#bw-instead", String(turn));
    setBox("#bw-question", question)?.focus();
    tellEditing(button.closest(".bw-turn"));
  },
  pane: (button) => showPane(button.value),
  "page-image"(button) {
    const shown = button.parentElement.nextElementSibling;
    if (shown?.matches(".bw-page-image, .bw-problem")) {
      shown.remove();
      return;
    }
    const { source: path, page, marks } = JSON.parse(button.value);
    const image = document.createElement("img");
    const address = new URL("page", base);
    address.search = new URLSearchParams({ source: path, page, marks });
    image.className = "bw-page-image";
    image.alt = `Page ${page} as it was printed`;
    image.onerror = () => image.replaceWith(tell("This page cannot be drawn. Read its text."));
    image.src = address;
    button.parentElement.after(image);
  },
  theme() {
    const name = document.body.classList.contains("dark") ? "light" : "dark";
    localStorage.setItem("briefwell-theme", name);
    setTheme(name);
  },
};

// A menu closes like any other: by a choice, a click elsewhere, or escape.
function closeMenus(except) {
  const open = all(".bw-more[open]").filter((menu) => menu !== except);
  for (const menu of open) menu.open = false;
  return open[0];
}

// Below its button, or above it where it would lie over the question box or out of the pane.
function placeMenu(more) {
  const menu = find(".bw-menu", more);
  more.classList.remove("bw-above");
  menu.style.left = "";
  const [at, pane] = [menu, find("#bw-middle")].map((one) => one.getBoundingClientRect());
  menu.style.left = `${Math.min(0, pane.right - 12 - at.right)}px`;
  const below = at.bottom - find("#bw-question").getBoundingClientRect().top;
  const above = more.getBoundingClientRect().top - at.height - pane.top;
  more.classList.toggle("bw-above", below > 0 && above > 0);
  menu.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest?.("a") ? null : event.target.closest?.(".bw-more"));
  if (event.target.closest?.(".stop-button, #bw-reindex")) wakeLater();
  const button = event.target.closest?.("button[name]");
  const act = button && actions[button.name];
  if (!act) return;
  event.preventDefault();
  hideTip(0);
  act(button);
});

document.addEventListener("change", (event) => {
  if (event.target.name === "only") filtersChanged();
  if (event.target.name === "note") rateNote(event.target);
});

document.addEventListener("input", (event) => {
  if (event.target.matches?.("#bw-question textarea")) keepDraft(event.target.value);
  if (event.target.name === "find") filterDocuments(event.target.value);
  if (event.target.closest?.("#bw-dates")) filtersChanged();
  if (event.target.name === "find-kept") listKept();
});

document.addEventListener(
  "toggle",
  (event) => {
    if (!event.target.open) return;
    if (event.target.matches(".bw-kept")) listKept();
    if (event.target.matches(".bw-more")) placeMenu(event.target);
  },
  true,
);

// What was sent and not yet taken up: the same words again are a slip of the finger.
let sent = { words: "", at: 0 };
let stopping = false;

function isSending(event) {
  if (event.type === "click") return event.target.closest?.("#bw-question .submit-button");
  const enters = event.key === "Enter" && !event.shiftKey && !event.isComposing;
  return enters && event.target.matches?.("#bw-question textarea");
}

function sending(event) {
  if (!isSending(event)) return;
  const words = find("#bw-question textarea").value;
  if (!isOpening() && (words !== sent.words || Date.now() - sent.at > 5000)) {
    sent = { words, at: Date.now() };
    stopping = false;
    wakeLater();
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  if (isOpening()) whenOpened(send);
}

for (const kind of ["keydown", "click"]) document.addEventListener(kind, sending, true);

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches?.("textarea, input");
  if (event.key === "Escape") {
    if (!tip.hidden) return hideTip(0);
    const menu = closeMenus();
    if (menu) return find("summary", menu).focus();
    if (event.target.closest?.("#bw-right")) return back();
    if (stopEditing()) return undefined;
    // An answer that has not begun is stopped as soon as it does.
    stopping = !stopButton() && Date.now() - sent.at < 5000;
    return stopButton()?.click();
  }
  if (typing || event.altKey || event.ctrlKey || event.metaKey) return undefined;
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by && state.at >= 0) step(by);
  else if (by && event.target.matches?.(".bw-marker")) {
    const markers = all(".bw-marker", event.target.closest(".bw-turn"));
    markers[markers.indexOf(event.target) + by]?.focus();
  }
  if (event.key === "/") {
    event.preventDefault();
    find("#bw-question textarea")?.focus();
  }
  return undefined;
});

// --- the conversation grows -----------------------------------------------------------

let waiting = 0;

// For the file dialogue alone: what is dropped is refused by the server, with its reason.
const READ = ".txt,.md,.html,.htm,.pdf,.docx";

// Gradio gives its icon buttons no name, and the place for files one that is not on it; it lets
// no state of a button through its Markdown.
function nameButtons() {
  for (const thumb of all(".bw-thumb")) {
    thumb.setAttribute("aria-pressed", String(thumb.classList.contains("bw-on")));
  }
  find('#bw-add input[type="file"]')?.setAttribute("accept", READ);
  for (const [selector, label] of [
    ["#bw-add .upload-container", "Drop documents here or choose files"],
    ["#bw-question .submit-button", "Send the question"],
    ["#bw-question .stop-button", "Stop the answer"],
  ]) {
    find(selector)?.setAttribute("aria-label", label);
  }
}

function grown() {
  followTurn();
  const turns = all(".bw-turn");
  const last = turns[turns.length - 1];
  if (!last) {
    if (state.lastTurn) emptySource();
    Object.assign(state, { lastTurn: "", shown: "" });
    return;
  }
  if (state.document && last === state.turn) return;
  if (last.id !== state.lastTurn || !state.document) {
    state.lastTurn = last.id;
    state.document = "";
    showPassages(last);
  }
}

function scrolled() {
  const pane = find("#bw-middle");
  const turn = find("#bw-live .bw-working");
  if (!pane || !turn || turn.dataset.seen) return;
  editing.hidden = true;
  turn.dataset.seen = "yes";
  keepDraft("");
  pane.scrollTop += turn.getBoundingClientRect().top - pane.getBoundingClientRect().top;
}

function ready() {
  document.body.append(tip, offline);
  watchServer();
  wakeLater();
  const kept = localStorage.getItem("briefwell-theme");
  if (kept) setTheme(kept);
  showPane("middle");
  for (const [selector, role, label] of [
    ["#bw-left", "region", "Documents"],
    ["#bw-middle", "region", "Questions and answers"],
    ["#bw-right", "region", "Source"],
  ]) {
    find(selector)?.setAttribute("role", role);
    find(selector)?.setAttribute("aria-label", label);
  }
  find("#bw-live")?.setAttribute("aria-live", "polite");
  new MutationObserver(() => {
    clearTimeout(waiting);
    scrolled();
    dropTip();
    if (stopping && stopButton()) {
      stopping = false;
      stopButton().click();
    }
    nameButtons();
    restoreDraft();
    waiting = setTimeout(grown, 60);
  }).observe(find("#bw-middle"), { childList: true, subtree: true });
  new MutationObserver(() => {
    if (find("#bw-live .bw-turn")) sent.at = 0;
  }).observe(find("#bw-live"), { childList: true, subtree: true });
  new MutationObserver(tickAgain).observe(find("#bw-library"), { childList: true, subtree: true });
  nameButtons();
  grown();
}

// --- is the server still there? --------------------------------------------------------

const offline = document.createElement("p");
offline.id = "bw-offline";
offline.setAttribute("role", "status");
offline.hidden = true;
let server = "";

async function watchServer() {
  let problem = UNREACHABLE;
  try {
    const answer = await fetch(new URL("health", base), { cache: "no-store" });
    if (answer.status === 401) problem = "You were signed out. Load the page again to sign in.";
    else if (answer.ok) {
      const { started } = await answer.json();
      // A server that started anew knows nothing of the answers that were being made.
      if (server && server !== started) location.reload();
      server = started;
      problem = "";
    }
  } catch (error) {
    // `problem` says it.
  }
  offline.textContent = problem;
  offline.hidden = !problem;
  setTimeout(watchServer, problem ? 1500 : 5000);
}

const starting = new MutationObserver(() => {
  if (!find("#bw-middle") || !find("#bw-source")) return;
  starting.disconnect();
  ready();
});
starting.observe(document.body, { childList: true, subtree: true });
