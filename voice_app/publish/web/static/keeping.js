/** The button that keeps an article in this browser. It comes with the page, or later, with the finished sound. */

import { isPossible, keep, of, refresh, remove, Trouble } from "./kept.js";
import { gettext } from "./texts.js";

const NOT_KEPT = gettext("It could not be kept. Check the connection, then try again.");

class KeepOffline extends HTMLElement {
  #stop = null;

  async connectedCallback() {
    if (!isPossible) return;
    this.button = this.querySelector("button");
    this.button.onclick = () => this.#press();
    const facts = await of(this.dataset.slug);
    this.#show(facts);
    this.hidden = false;
    if (facts) this.#renew(facts);
  }

  /** Here is the article as it is today. */
  async #renew(facts) {
    try {
      if (facts.sound === this.dataset.sound) await refresh(facts);
      else await keep(this.dataset.facts, { progress: () => {} });
    } catch {
      /* the site is away: what is kept is whole */
    }
  }

  async #press() {
    if (this.#stop) this.#stop.abort();
    else if (await of(this.dataset.slug)) {
      await remove(this.dataset.slug);
      this.#show(null);
      this.#news(gettext("It is not kept any more."));
    } else await this.#keep();
  }

  async #keep() {
    this.#stop = new AbortController();
    this.#name(gettext("Stop keeping it"));
    this.#news(gettext("It is being kept."));
    const bar = this.querySelector("progress");
    bar.hidden = false;
    let news = "";
    try {
      await keep(this.dataset.facts, { progress: (share) => (bar.value = share), signal: this.#stop.signal });
      news = gettext("Kept. It can be opened and heard without a connection.");
    } catch (problem) {
      if (problem.name !== "AbortError") news = problem instanceof Trouble ? problem.message : NOT_KEPT;
    }
    bar.hidden = true;
    this.#stop = null;
    this.#show(await of(this.dataset.slug));
    this.#news(news);
  }

  #show(facts) {
    this.#name(facts ? gettext("Remove the offline copy") : gettext("Keep for offline"));
    this.classList.toggle("is-kept", Boolean(facts));
  }

  #name(words) {
    this.button.querySelector("span").textContent = words;
  }

  #news(text) {
    this.querySelector("[role=status]").textContent = text;
  }
}

customElements.define("keep-offline", KeepOffline);
