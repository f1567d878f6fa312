/** The sound of one article where several are played: a finished file, or pieces that are made as they are heard. */

import { Live } from "./live.js";
import { memory, rememberPlace } from "./memory.js";
import { moveTo } from "./sound.js";

export class Record {
  audio = new Audio();
  #seconds;
  #isWanted = false;

  /** `tell` has `over`, `interrupted` and `failed`. */
  constructor({ slug, src, live, seconds }, tell) {
    const { audio } = this;
    this.#seconds = seconds;
    audio.preload = "none";
    audio.preservesPitch = true;
    const place = memory.position(slug);
    rememberPlace(audio, () => slug);
    if (live) this.#live(live, () => this.#tell(tell.failed));
    else audio.src = src;
    if (place > 1) audio.currentTime = place;
    audio.addEventListener("ended", () => this.#tell(tell.over));
    audio.addEventListener("error", () => this.#tell(tell.failed));
    audio.addEventListener("pause", () => audio.paused && !audio.ended && this.#tell(tell.interrupted));
  }

  play(speed) {
    this.#isWanted = true;
    this.audio.defaultPlaybackRate = this.audio.playbackRate = speed;
    if (this.audio.error) this.#reopen();
    this.audio.play().catch(() => {}); // the element's own error event says what went wrong
  }

  pause() {
    this.#isWanted = false;
    this.audio.pause();
  }

  skip(seconds) {
    moveTo(this.audio, this.audio.currentTime + seconds, this.#seconds);
  }

  #live(address, failed) {
    new Live(this.audio, address, { line: ({ seconds }) => (this.#seconds = seconds), news: () => {}, failed });
  }

  #reopen() {
    const { currentTime } = this.audio;
    this.audio.load();
    this.audio.currentTime = currentTime;
  }

  #tell(of) {
    if (!this.#isWanted) return;
    this.#isWanted = false;
    of();
  }
}
