/**
 * The article's sentences and when each sounds. Marks the one being spoken, for the eye only: nothing here is live,
 * takes the focus or gets a role, so a screen reader reads the article as if this were not there.
 */

const NOW = "now";

export class Follow {
  #audio;
  #sentences;
  #timer = 0;
  #marked = null;

  constructor(audio, text) {
    this.#audio = audio;
    const timed = [...text.querySelectorAll(".sentence[data-start]")];
    this.#sentences = timed
      .map((element) => ({ element, start: Number(element.dataset.start) }))
      .sort((one, other) => one.start - other.start);
    this.isOn = true;
    for (const event of ["play", "playing", "pause", "seeking", "seeked", "ratechange", "timeupdate", "ended"]) {
      audio.addEventListener(event, () => this.update());
    }
  }

  /** Go by a time line that still moves. What is said in other words than its own is marked as one piece, by its first. */
  goBy(line) {
    this.#sentences = line.sentences.flatMap(({ id }, index) => {
      const element = document.getElementById(`s-${id}`);
      if (!element) return [];
      const { start, end } = line.speech(index);
      Object.assign(element.dataset, { start: start.toFixed(3), end: end.toFixed(3) });
      return { element, get start() { return line.speech(index).start; } };
    });
    this.update();
  }

  /** The sentence that sounds at this time, or the last one before it. Null before the first. */
  at(seconds) {
    let low = 0;
    let high = this.#sentences.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sentences[middle].start <= seconds + 0.01) low = middle + 1;
      else high = middle;
    }
    return this.#sentences[low - 1] ?? null;
  }

  /** The sentence so many steps from the present one, staying inside the article. */
  beside(steps, seconds) {
    const here = this.#sentences.indexOf(this.at(seconds));
    return this.#sentences[Math.min(Math.max(here + steps, 0), this.#sentences.length - 1)] ?? null;
  }

  of(element) {
    return this.#sentences.find((sentence) => sentence.element === element) ?? null;
  }

  /** Mark the right sentence and come back when the next one begins. `always` shows it also where it is out of sight. */
  update({ always = false } = {}) {
    clearTimeout(this.#timer);
    const { currentTime, paused, ended, playbackRate } = this.#audio;
    const isUnder = !ended && (!paused || currentTime > 0);
    const sentence = this.isOn && isUnder ? (this.at(currentTime) ?? this.#sentences[0]) : null;
    this.#mark(sentence?.element ?? null, always);
    if (paused || !sentence) return;
    const next = this.#sentences[this.#sentences.indexOf(sentence) + 1];
    if (next) this.#timer = setTimeout(() => this.update(), (1000 * (next.start - currentTime)) / playbackRate + 5);
  }

  #mark(element, always) {
    if (element === this.#marked) return;
    const wasInSight = this.#marked && isInSight(this.#marked);
    this.#marked?.classList.remove(NOW);
    element?.classList.add(NOW);
    this.#marked = element;
    // Someone who scrolled away is reading something else and is left alone.
    if (element && (wasInSight || always) && !isInSight(element)) element.scrollIntoView({ block: "center" });
  }
}

function isInSight(element) {
  const { top, bottom } = element.getBoundingClientRect();
  const covered = document.querySelector("[data-player]")?.getBoundingClientRect().bottom ?? 0;
  return bottom > Math.max(0, covered) && top < innerHeight && bottom <= innerHeight + (bottom - top) / 2;
}
