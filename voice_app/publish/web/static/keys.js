/**
 * The player's keys: one sign for each action, the listener's own choice where there is one. With the focus in the
 * player the sign is enough; on the whole page Alt and Shift go with it, and only if that was switched on, because
 * single letters there belong to screen readers and to voice control.
 *
 * A key is known by the sign it gives, as it is printed on it. Where that is no Latin one, as on an Arabic or Russian
 * keyboard, and where Alt makes another sign of it, it is known by its place.
 */

import { settings } from "./settings.js";

const NAME = "voice-app.keys";
const OWN = ".player, .options";
const TYPING = "input:not([type=range], [type=checkbox]), select, textarea, [contenteditable]";

export const WHERE = ["player", "everywhere", "off"];

/** What the listener chose, by action. Storage may be switched off; then the usual keys are all there is. */
export function kept() {
  try {
    return JSON.parse(localStorage.getItem(NAME)) ?? {};
  } catch {
    return {};
  }
}

export function keep(chosen) {
  try {
    localStorage.setItem(NAME, JSON.stringify(chosen));
  } catch {
    /* then they last as long as the page */
  }
}

export class Keys {
  #bindings = new Map();
  #act;

  /** `act` does an action by its name. */
  constructor(box, act) {
    this.#act = act;
    document.addEventListener("keydown", (event) => box.isConnected && this.#pressed(event));
  }

  get where() {
    return settings.get("keys", WHERE[0]);
  }

  /** The sign of each action; none is an action without a key. */
  set signs(signs) {
    this.#bindings = new Map(Object.entries(signs).flatMap(([action, sign]) => (sign ? [[sign, action]] : [])));
  }

  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (event.target.closest?.(TYPING)) return;
    const isOurs = event.altKey ? event.shiftKey && this.where === "everywhere" : this.#isInPlayer(event.target);
    const action = isOurs && this.where !== "off" && this.#bindings.get(signOf(event));
    if (!action) return;
    event.preventDefault();
    this.#act(action);
  }

  #isInPlayer(target) {
    return Boolean(target.closest?.(OWN)) && target.matches("button, input, summary");
  }
}

function signOf({ key, code, altKey }) {
  const isLatin = /^[\x21-\x7e]$/.test(key) && !altKey;
  return (isLatin ? key : code.replace(/^(Key|Digit)/, "")).toLowerCase();
}
