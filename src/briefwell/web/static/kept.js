// Kept conversations, ratings and copies.

import {
  afterTyping,
  all,
  base,
  find,
  fragment,
  setBox,
  tell,
  wakeLater,
  whenOpened,
} from "./server.js";
import { emptySource, showPane, state } from "./source.js";

export function currentConversation() {
  return find('.bw-turn input[name="conversation"]')?.value || "";
}

// Of several that are chosen before one is there, the last one is wanted.
let wanted = "";

export function openConversation(id) {
  wanted = id || "new";
  const wish = wanted;
  state.shown = "";
  emptySource();
  showPane("middle");
  whenOpened(() => {
    if (wish !== wanted) return;
    wanted = "";
    setBox("#bw-open", wish);
    afterTyping(() => find("#bw-open-now")?.click());
    wakeLater();
  });
}

let searches = 0;

export async function listKept() {
  const turn = (searches += 1);
  const rows = find(".bw-kept-rows");
  const search = find('input[name="find-kept"]')?.value || "";
  try {
    const html = await fragment("conversations", { search, now: currentConversation() });
    if (turn === searches) rows.innerHTML = html;
  } catch (error) {
    if (turn === searches) rows.replaceChildren(tell(error.message));
  }
}

export async function change(wanted) {
  try {
    await fragment("change", wanted);
  } catch (error) {
    find(".bw-kept-rows")?.prepend(tell(error.message));
  }
}

export async function exported(conversation, turn, kind) {
  const address = new URL("export", base);
  address.search = new URLSearchParams({ c: conversation, turn, kind });
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`the server said ${answer.status}`);
  return answer.text();
}

export async function copyBoth(text, html) {
  const parts = {
    "text/plain": new Blob([text], { type: "text/plain" }),
    "text/html": new Blob([html], { type: "text/html" }),
  };
  await navigator.clipboard.write([new ClipboardItem(parts)]);
}

export function flash(button, words) {
  const before = button.textContent;
  button.textContent = words;
  setTimeout(() => {
    button.textContent = before;
  }, 1600);
}

export async function rate(button, rating) {
  const { c, turn } = JSON.parse(button.value);
  const box = button.closest(".bw-rating");
  const off = button.classList.contains("bw-on");
  for (const other of all(".bw-thumb", box)) {
    const on = !off && other === button;
    other.classList.toggle("bw-on", on);
    other.setAttribute("aria-pressed", String(on));
  }
  box.classList.toggle("bw-rated", !off);
  const note = find('input[name="note"]', box).value;
  const kept = off ? "" : rating;
  await change({ what: "rate", conversation: c, turn, rating: kept, note });
}

export function rateNote(input) {
  const on = find(".bw-thumb.bw-on", input.closest(".bw-rating"));
  if (!on) return;
  const { c, turn } = JSON.parse(on.value);
  const rating = on.name === "rate-up" ? "up" : "down";
  change({ what: "rate", conversation: c, turn, rating, note: input.value });
}
