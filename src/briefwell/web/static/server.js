// What every part of the page uses: finding things, asking the server, filling Gradio's boxes.

export const base = new URL("../", import.meta.url);
export const find = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

export const UNREACHABLE =
  "The server cannot be reached. Start Briefwell again; this page goes on where it was.";

export async function fragment(path, asked) {
  const answer = await fetch(new URL(path, base), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(asked),
  }).catch(() => {
    throw new Error(UNREACHABLE);
  });
  if (answer.ok) return answer.text();
  if (answer.status === 401) throw new Error("You were signed out. Load the page again to sign in.");
  const told = await answer.json().catch(() => ({}));
  throw new Error([told.problem || "The server could not answer.", told.remedy].join(" "));
}

export function tell(message) {
  const note = document.createElement("p");
  note.className = "bw-problem";
  note.setAttribute("role", "alert");
  note.textContent = message;
  return note;
}

export function setBox(selector, value) {
  const box = find(`${selector} textarea, ${selector} input`);
  if (!box) return null;
  box.value = value;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return box;
}

// The server empties this box when it has opened the conversation that is named there.
export const isOpening = () => Boolean(find("#bw-open textarea, #bw-open input")?.value);

// A question that is sent before that would go to the conversation that is being left.
export function whenOpened(act, until = Date.now() + 15000) {
  if (isOpening() && Date.now() < until) {
    setTimeout(() => whenOpened(act, until), 20);
    return;
  }
  if (isOpening()) setBox("#bw-open", "");
  act();
}

// Gradio ends its stream of results when it awaits none. What is asked in that very moment is
// answered, and nobody listens; the next event opens the stream again and brings what was missed.
let waking = 0;
export function wakeLater() {
  clearTimeout(waking);
  waking = setTimeout(() => find("#bw-wake")?.click(), 3000);
}

// Gradio takes up a typed value before the next frame; a button then sends what it holds.
export function afterTyping(act) {
  requestAnimationFrame(() => setTimeout(act, 0));
}
