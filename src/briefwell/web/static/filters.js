// What the search is restricted to: told above the question box, wherever it was chosen.

import { all, find, setBox } from "./server.js";

const DATES = { since: "from", until: "to" };
const box = (name) => find(`#bw-${name} textarea, #bw-${name} input`);
const told = document.createElement("p");
told.className = "bw-chosen";
told.hidden = true;

function ticked() {
  return all('input[name="only"]:checked').map((tick) => tick.value);
}

export function filtersChanged() {
  const only = ticked();
  const held = only.length ? JSON.stringify(only) : "";
  if (box("only")?.value !== held) setBox("#bw-only", held);
  const parts = only.length ? [`${only.length} document${only.length > 1 ? "s" : ""}`] : [];
  for (const [name, word] of Object.entries(DATES)) {
    const date = box(name)?.value.trim();
    if (date) parts.push(`${word} ${date}`);
  }
  told.hidden = !parts.length;
  const clear = document.createElement("button");
  Object.assign(clear, { type: "button", name: "clear", className: "bw-quiet" });
  clear.textContent = "Search all documents";
  told.replaceChildren(`Searching only ${parts.join(" ")}.`, clear);
  find("#bw-question")?.before(told);
}

export function searchAll() {
  for (const tick of all('input[name="only"]:checked')) tick.checked = false;
  for (const name of Object.keys(DATES)) setBox(`#bw-${name}`, "");
  filtersChanged();
}

// The list is made anew when documents were indexed; what was ticked stays ticked.
export function tickAgain() {
  const only = JSON.parse(box("only")?.value || "[]");
  for (const tick of all('input[name="only"]')) tick.checked = only.includes(tick.value);
  filtersChanged();
}

export function filterDocuments(words) {
  const wanted = words.trim().toLocaleLowerCase();
  for (const row of all(".bw-file")) {
    row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
  }
}
