/**
 * Skips kinds of structure while the sound plays: over what the text has as `data-kind`, from one pause between
 * sentences to another. What was announced before is left out quietly; what was not is heard, so that nothing goes
 * unsaid, unless the listener wants it skipped altogether. Whoever moves into such a part by hand hears it.
 */

const LEAD_SECONDS = 0.06; // before a sentence's speech: still its pause
const LATE_SECONDS = 0.04; // so late a timer may be
const EDGE_SECONDS = 0.005; // before the sentence jumped to: a sleep timer that ends there must see it come

export class Skipping {
  #audio;
  #follow;
  #seek;
  #choices = {};
  #sentences = null;
  #stretches = [];
  #ahead = null;
  #timer = 0;

  constructor(audio, follow, seek) {
    this.#audio = audio;
    this.#follow = follow;
    this.#seek = seek;
    for (const event of ["play", "playing", "pause", "seeked", "ratechange", "timeupdate"]) {
      audio.addEventListener(event, () => this.#look());
    }
    audio.addEventListener("seeking", () => {
      this.#ahead = null;
    });
  }

  /** How kinds are heard: "announced", "read" or "skipped". */
  choose(choices) {
    this.#choices = choices;
    this.#sentences = null;
    this.#look();
  }

  #look() {
    clearTimeout(this.#timer);
    const { currentTime, paused, seeking, playbackRate } = this.#audio;
    if (paused || seeking) return;
    if (this.#sentences !== this.#follow.sentences) this.#find();
    const begin = ({ first }) => first.start - LEAD_SECONDS - LATE_SECONDS * playbackRate;
    if (this.#ahead && currentTime >= begin(this.#ahead)) {
      const { next } = this.#ahead;
      this.#ahead = null;
      this.#seek(next ? next.start - EDGE_SECONDS : this.#audio.duration);
      return;
    }
    this.#ahead = this.#stretches.find((stretch) => begin(stretch) > currentTime) ?? null;
    if (!this.#ahead) return;
    this.#timer = setTimeout(() => this.#look(), (1000 * (begin(this.#ahead) - currentTime)) / playbackRate + 1);
  }

  /** Stretches of sentences that are left out, each up to the `next` that is heard. */
  #find() {
    this.#sentences = this.#follow.sentences;
    this.#stretches = [];
    let part = null;
    let isAnnounced = false;
    let wasLeftOut = false;
    for (const sentence of this.#sentences) {
      const kind = sentence.element.closest("[data-kind]");
      if (kind !== part) isAnnounced = false;
      part = kind;
      const isAloud = "aloud" in sentence.element.dataset;
      isAnnounced ||= isAloud;
      const choice = this.#choices[kind?.dataset.kind];
      const isLeftOut = choice === "skipped" || (choice === "announced" && isAnnounced && !isAloud);
      const last = this.#stretches.at(-1);
      if (isLeftOut && !wasLeftOut) this.#stretches.push({ first: sentence, next: null });
      if (!isLeftOut && wasLeftOut) last.next = sentence;
      wasLeftOut = isLeftOut;
    }
  }
}
