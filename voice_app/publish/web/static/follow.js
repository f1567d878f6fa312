/**
 * The article's sentences and when each sounds. Marks what is being spoken, a sentence or a word of it, for the eye
 * only: nothing here is live, takes the focus or gets a role, so a screen reader reads the article as if this were not
 * there. Nothing is done while the page is hidden or the sound pauses.
 */

import { isInSight, reveal } from "./sight.js";
import { WordMark } from "./wordmark.js";

const NOW = "now";
const BY_WORD = "by-word"; // a sentence whose word is marked instead of it

export class Follow {
  #audio;
  #sentences;
  #words;
  #timer = 0;
  #sentence = null; // the element that is spoken
  #marked = null; // it, or the word of it
  mode = "sentence"; // or "word" or "off"
  doesScroll = true;

  /** `text` holds the sentences, `words` is where the times of a finished file's words are. */
  constructor(audio, text, words = "") {
    this.#audio = audio;
    this.#words = new WordMark(words, () => this.update());
    const timed = [...text.querySelectorAll(".sentence[data-start]")];
    this.#sentences = timed
      .map((element) => ({ element, start: Number(element.dataset.start) }))
      .sort((one, other) => one.start - other.start);
    for (const event of ["play", "playing", "pause", "seeking", "seeked", "ratechange", "timeupdate", "ended"]) {
      audio.addEventListener(event, () => this.update());
    }
    document.addEventListener("visibilitychange", () => this.update());
  }

  /** Go by a time line that still moves. What is said in other words than its own is marked as one piece, by its first. */
  goBy(line) {
    this.#words.goTo(line.words);
    this.#sentences = line.sentences.flatMap(({ id }, index) => {
      const element = document.getElementById(`s-${id}`);
      if (!element) return [];
      const { start, end } = line.speech(index);
      Object.assign(element.dataset, { start: start.toFixed(3), end: end.toFixed(3) });
      return { element, get start() { return line.speech(index).start; } };
    });
    this.update();
  }

  /** All that has a place in the text, in the order in which it sounds. */
  get sentences() {
    return this.#sentences;
  }

  /** The sentence that sounds at this time, or the last one before it. Null before the first. */
  at(seconds) {
    return this.#sentences[this.#indexAt(seconds)] ?? null;
  }

  /** The sentence so many steps from the present one, staying inside the article. */
  beside(steps, seconds) {
    const here = this.#indexAt(seconds);
    return this.#sentences[Math.min(Math.max(here + steps, 0), this.#sentences.length - 1)] ?? null;
  }

  of(element) {
    return this.#sentences.find((sentence) => sentence.element === element) ?? null;
  }

  #indexAt(seconds) {
    let low = 0;
    let high = this.#sentences.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sentences[middle].start <= seconds + 0.01) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Mark what is right now and come back when the next begins. `always` shows it also where it is out of sight. */
  update({ always = false } = {}) {
    clearTimeout(this.#timer);
    if (document.hidden) return;
    const { currentTime, paused, ended, playbackRate } = this.#audio;
    const isUnder = !ended && (!paused || currentTime > 0);
    const index = this.mode !== "off" && isUnder ? Math.max(0, this.#indexAt(currentTime)) : -1;
    const sentence = this.#sentences[index];
    const word = this.mode === "word" && sentence ? this.#words.at(sentence, currentTime, this.#sentences[index + 1]) : null;
    this.#show(sentence?.element ?? null, word, always);
    if (paused || !sentence) return;
    const next = Math.min(word?.next ?? Infinity, this.#sentences[index + 1]?.start ?? Infinity);
    if (next < Infinity) this.#timer = setTimeout(() => this.update(), (1000 * (next - currentTime)) / playbackRate + 5);
  }

  #show(element, word, always) {
    const place = word?.range ?? element;
    if (place === this.#marked) return;
    const wasInSight = this.#marked && isInSight(this.#marked);
    if (element !== this.#sentence) this.#sentence?.classList.remove(NOW, BY_WORD);
    this.#sentence = element;
    element?.classList.add(NOW);
    element?.classList.toggle(BY_WORD, Boolean(word));
    this.#words.show(word?.range);
    this.#marked = place;
    // Someone who scrolled away is reading something else and is left alone.
    if (place && ((wasInSight && this.doesScroll) || always) && !isInSight(place)) reveal(place);
  }
}
