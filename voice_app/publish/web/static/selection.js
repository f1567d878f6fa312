/**
 * Playing from what is selected in the text: by a button among the player's, and for the hand that selected by another
 * one beside the selection, which covers nothing of it and goes with it.
 */

import { gettext } from "./texts.js";

const GAP = 8;
const SETTLED_MS = 250;

export class Selection {
  #page;
  #button;
  #beside = document.createElement("button");
  #place = null;
  #timer = 0;

  /** `button` is the one among the player's. `play` takes a sentence's element. */
  constructor(prose, button, play) {
    this.#page = prose.closest("article");
    this.#button = button;
    Object.assign(this.#beside, { type: "button", className: "strong play-here", hidden: true });
    this.#beside.textContent = gettext("Play from here");
    this.#page.querySelector(".play-here")?.remove(); // another player's
    prose.after(this.#beside);
    for (const one of [button, this.#beside]) {
      one.addEventListener("pointerdown", (event) => event.preventDefault()); // keep the selection
      one.addEventListener("mousedown", (event) => event.preventDefault());
      one.addEventListener("click", () => this.#place && play(this.#place));
    }
    document.addEventListener("selectionchange", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#look(), SETTLED_MS);
      if (getSelection().isCollapsed) this.#show(null);
    });
    for (const event of ["scroll", "resize"]) addEventListener(event, () => this.#place && this.#put(), { passive: true });
  }

  #look() {
    const selection = getSelection();
    const isThere = this.#button.isConnected && selection.rangeCount && !selection.isCollapsed;
    this.#show(isThere ? sentenceAt(this.#page, selection.getRangeAt(0)) : null);
  }

  #show(place) {
    this.#place = place;
    this.#button.disabled = !place;
    if (place) this.#put();
    else this.#beside.hidden = true;
  }

  /** Under the selection, else over it, else at the bottom of the window, if the selection fills it. */
  #put() {
    const { top, bottom, left, width } = getSelection().getRangeAt(0).getBoundingClientRect();
    this.#beside.hidden = bottom < 0 || top > innerHeight;
    const { offsetHeight: high, offsetWidth: wide } = this.#beside;
    const under = bottom + GAP;
    const over = top - GAP - high;
    const fits = (at) => at >= GAP && at + high <= innerHeight - GAP;
    const at = [under, over].find(fits) ?? innerHeight - high - GAP;
    const middle = left + width / 2 - wide / 2;
    this.#beside.style.top = `${at}px`;
    this.#beside.style.left = `${Math.min(Math.max(middle, GAP), document.documentElement.clientWidth - wide - GAP)}px`;
  }
}

/** The first sentence of the text that a range touches. */
export function sentenceAt(page, range) {
  const start = range.startContainer;
  const inside = (start.nodeType === Node.ELEMENT_NODE ? start : start.parentElement)?.closest(".sentence[data-start]");
  if (inside && page.contains(inside)) return inside;
  if (range.collapsed || !range.intersectsNode(page)) return null;
  return [...page.querySelectorAll(".sentence[data-start]")].find((one) => range.intersectsNode(one)) ?? null;
}
