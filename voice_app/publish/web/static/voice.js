/**
 * Says the menu's sentences, which the site speaks. Each file ends in silence, so that the browser goes on counting it as
 * sound and gives the media keys to this page: who waits long enough hears the silence several times.
 */

const KEPT = 50;
const EDGE_SECONDS = 0.5; // an element that comes to its end loses the media keys

export class Voice {
  audio = new Audio();
  #tell;
  #silence;
  #ahead = new Map();
  #wait = null; // seconds; null while nothing is said
  #quietAt = 0;

  /** `silence` is how many seconds of it each file ends in. `tell` has `over`, `interrupted` and `failed`. */
  constructor(silence, tell) {
    this.#silence = silence;
    this.#tell = tell;
    this.audio.preservesPitch = true;
    this.audio.addEventListener("timeupdate", () => this.#look());
    this.audio.addEventListener("ended", () => this.#done("over"));
    this.audio.addEventListener("error", () => this.#done("failed"));
    this.audio.addEventListener("pause", () => this.audio.paused && !this.audio.ended && this.#done("interrupted"));
  }

  /** Say it and wait so many seconds behind it. */
  say(address, wait, speed) {
    this.#quietAt = 0;
    this.#wait = wait;
    this.audio.src = this.#ahead.get(address) ?? address;
    this.audio.defaultPlaybackRate = this.audio.playbackRate = speed;
    this.audio.play().catch((problem) => problem.name === "NotAllowedError" && this.#done("interrupted"));
  }

  hush() {
    this.#wait = null;
    this.audio.pause();
  }

  /** Fetch what will be said soon, so that it comes at once, and also when the site is away by then. */
  async prepare(address) {
    if (this.#ahead.has(address)) return;
    if (this.#ahead.size > KEPT) this.forget();
    try {
      const answer = await fetch(address);
      if (answer.ok) this.#ahead.set(address, URL.createObjectURL(await answer.blob()));
    } catch {
      /* it is asked for again when it is to be said */
    }
  }

  forget() {
    for (const url of this.#ahead.values()) if (url !== this.audio.src) URL.revokeObjectURL(url);
    this.#ahead.clear();
  }

  #look() {
    const { currentTime, duration } = this.audio;
    if (this.#wait === null || !(currentTime > duration - this.#silence)) return;
    this.#quietAt ||= performance.now();
    if (performance.now() - this.#quietAt >= 1000 * this.#wait) this.#done("over");
    else if (currentTime > duration - 2 * EDGE_SECONDS) this.audio.currentTime = duration - this.#silence + EDGE_SECONDS;
  }

  #done(how) {
    if (this.#wait === null) return;
    this.hush();
    this.#tell[how]();
  }
}
