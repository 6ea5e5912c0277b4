// The card that hovering or focusing a marker shows.

import { find } from "./server.js";

export const tip = document.createElement("div");
tip.id = "bw-tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
let leaving = 0;
let shownFor = null;

function showTip(button) {
  clearTimeout(leaving);
  const card = find(".bw-card", button.parentElement);
  if (!card) return;
  shownFor = button;
  tip.replaceChildren(...card.cloneNode(true).childNodes);
  tip.hidden = false;
  button.setAttribute("aria-describedby", "bw-tip");
  const at = button.getBoundingClientRect();
  const wide = tip.offsetWidth;
  const high = tip.offsetHeight;
  tip.style.left = `${Math.max(12, Math.min(at.left, innerWidth - wide - 12))}px`;
  const above = at.top - high - 6;
  tip.style.top = `${above > 8 ? above : Math.min(at.bottom + 6, innerHeight - high - 8)}px`;
}

export function hideTip(wait = 120) {
  clearTimeout(leaving);
  leaving = setTimeout(() => {
    tip.hidden = true;
  }, wait);
}

// The marker may be made anew under the pointer, which nobody tells.
export function dropTip() {
  if (!tip.hidden && !shownFor.isConnected) hideTip(0);
}

for (const [kind, does] of [
  ["mouseover", showTip],
  // Not when the page puts the focus back after a click: the card would cover the answer.
  ["focusin", (button) => button.matches(":focus-visible") && showTip(button)],
  ["mouseout", () => hideTip()],
  ["focusout", () => hideTip()],
]) {
  document.addEventListener(kind, (event) => {
    const button = event.target.closest?.(".bw-marker");
    if (button) does(button);
  });
}
tip.addEventListener("mouseenter", () => clearTimeout(leaving));
tip.addEventListener("mouseleave", () => hideTip());
