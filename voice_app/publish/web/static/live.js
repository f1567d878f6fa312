/**
 * Plays an article that is not narrated yet. Each sentence is a piece of sound of its own, made when it is asked for;
 * they are laid end to end in the audio element, beginning at any of them. To whoever uses the element it is a file
 * whose length is nearly known: set its time, and what sounds there comes.
 *
 * What lies in the element is always one stretch without gaps. A jump out of it empties the element and begins a new
 * one at the sentence that was jumped to, so a wrong estimate can never cut a sentence or say it twice.
 */

import { fragment, opening } from "./mp4.js";
import { gettext } from "./texts.js";
import { TimeLine } from "./timeline.js";

const AHEAD_SECONDS = 30;
const KEPT_SECONDS = 300;
const RETRY_MS = 1000;
const REFUSED_TRIES = 3;
const AWAY_TRIES = 60;
const SLOW_MS = 2500;
const PLAIN = "audio/mpeg";
const BOXED = 'audio/mp4; codecs="mp3"';
const Source = globalThis.ManagedMediaSource ?? globalThis.MediaSource;
const TYPE = [PLAIN, BOXED].find((type) => Source?.isTypeSupported(type));

const AWAY = gettext("The site does not answer. The sound goes on when it does.");
const STOPPED = gettext("The sound could not be loaded. Check the connection, then press Play.");

class Changed extends Error {}

/** What the site says in a sentence of its own. */
class Refused extends Error {}

async function refuse(answer) {
  const isSentence = answer.headers.get("Content-Type")?.startsWith("text/plain");
  throw isSentence ? new Refused((await answer.text()).trim()) : new Error(answer.statusText);
}

export class Live {
  static isPossible = Boolean(TYPE);

  #audio;
  #address;
  #tell;
  #source = new Source();
  #buffer = null;
  #opened;
  #line = null;
  #from = -1;
  #wanted = 0;
  #next = 0;
  #stop = new AbortController();
  #work = Promise.resolve();

  /** `tell` has `line` (the time line is there, or changed), `news` (a sentence for the user) and `failed` (with
   * why). */
  constructor(audio, address, tell) {
    this.#audio = audio;
    this.#address = address;
    this.#tell = tell;
    this.#opened = new Promise((done) => this.#source.addEventListener("sourceopen", done, { once: true }));
    this.#opened.then(() => {
      this.#buffer = this.#source.addSourceBuffer(TYPE);
    });
    this.isReady = this.#load();
    audio.replaceChildren();
    audio.disableRemotePlayback = true; // Safari gives a managed source to no other element
    audio.src = URL.createObjectURL(this.#source);
    audio.preload = "auto"; // of this source nothing comes by itself
    for (const event of ["play", "seeking"]) audio.addEventListener(event, () => this.#moved());
    audio.addEventListener("loadedmetadata", () => {
      if (Math.abs(audio.currentTime - this.#wanted) > 0.001) audio.currentTime = this.#wanted; // Firefox begins at 0
    });
  }

  async #load() {
    const answer = await fetch(this.#address);
    if (!answer.ok) await refuse(answer);
    this.#line = new TimeLine(await answer.json());
    this.#tell.line(this.#line);
  }

  /** Where the stretch that is there, or comes next, ends. */
  get #end() {
    return this.#line.start(Math.min(this.#next + 1, this.#line.length));
  }

  async #moved() {
    const isOpened = this.#audio.readyState > 0;
    if (!isOpened && this.#audio.paused) return; // nothing is made before it is wanted
    if (!this.#line) await this.isReady.catch(() => this.#load()).catch((problem) => this.#fail(problem));
    if (!this.#line) return;
    const at = this.#audio.currentTime;
    if (this.#from >= 0 && at > this.#from - 0.01 && at <= this.#end) return;
    this.#jump(at);
  }

  #jump(at) {
    const line = this.#line;
    const first = line.at(at);
    const inside = at - line.start(first);
    line.settle();
    this.#tell.line(line);
    this.#from = line.start(first);
    this.#next = first;
    this.#stop.abort();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const to = Math.min(this.#from + inside, Math.max(this.#from, line.start(first + 1) - 0.05));
    this.#wanted = to;
    if (Math.abs(to - this.#audio.currentTime) > 0.001) this.#audio.currentTime = to;
    const piece = this.#fetch(first, signal);
    piece.catch(() => {});
    this.#work = this.#work.then(() => this.#fill(first, piece, signal));
  }

  async #fill(first, piece, signal) {
    try {
      await this.#empty(this.#from);
      for (let index = first; index < this.#line.length; index++) {
        this.#next = index;
        if (index > first) await this.#room(signal);
        const frames = await (index > first ? this.#fetch(index, signal) : piece);
        signal.throwIfAborted();
        await this.#lay(index, frames);
      }
      this.#next = this.#line.length;
      this.#source.endOfStream();
    } catch (problem) {
      if (signal.aborted) return;
      if (problem instanceof Changed) await this.#renew(signal).catch((other) => this.#fail(other));
      else this.#fail(problem);
    }
  }

  /** One sentence's frames. Empty when it cannot be spoken. What fails is tried again; while nobody waits for it, for as
   * long as that lasts. */
  async #fetch(index, signal) {
    const slow = setTimeout(() => this.#isShort() && this.#tell.news(gettext("The voice is getting ready.")), SLOW_MS);
    try {
      for (let tries = 0; ; ) {
        try {
          const answer = await fetch(this.#line.addressOf(index), { signal });
          if (answer.status === 404) throw new Changed();
          if (!answer.ok) await refuse(answer);
          return new Uint8Array(await answer.arrayBuffer());
        } catch (problem) {
          if (signal.aborted || problem instanceof Changed) throw problem;
          clearTimeout(slow);
          const most = problem instanceof Refused ? REFUSED_TRIES : AWAY_TRIES;
          if (this.#isShort() && ++tries === most) throw problem;
          if (tries === 1 && most === AWAY_TRIES) this.#tell.news(AWAY);
          await this.#later(signal);
        }
      }
    } finally {
      clearTimeout(slow);
    }
  }

  /** The time for another try: in a moment, or when somebody listens again. */
  #later(signal) {
    return new Promise((done) => {
      if (this.#audio.paused) this.#audio.addEventListener("play", done, { once: true });
      else setTimeout(done, RETRY_MS);
      signal.addEventListener("abort", done, { once: true });
    });
  }

  #isShort() {
    return !this.#audio.paused && this.#audio.readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
  }

  async #lay(index, frames) {
    const line = this.#line;
    const begin = line.start(index);
    line.learn(index, line.secondsOf(frames.length));
    this.#tell.line(line);
    if (!frames.length) return;
    await this.#change((buffer) => buffer.appendBuffer(TYPE === BOXED ? fragment(frames, begin, line.frame) : frames));
    const { buffered } = this.#buffer;
    this.#source.duration = Math.max(line.seconds, buffered.end(buffered.length - 1));
    const { currentTime } = this.#audio;
    if (currentTime - this.#from < 2 * KEPT_SECONDS) return;
    this.#from = line.start(line.at(currentTime - KEPT_SECONDS));
    await this.#change((buffer) => buffer.remove(0, this.#from));
  }

  /** Begin a new stretch at a time. */
  async #empty(from) {
    await this.#opened;
    if (this.#source.readyState === "open") this.#buffer.abort();
    if (this.#audio.readyState > 0) await this.#change((buffer) => buffer.remove(0, Infinity));
    this.#source.duration = this.#line.seconds;
    if (TYPE === PLAIN) this.#buffer.timestampOffset = from; // its frames carry no time of their own
    else await this.#change((buffer) => buffer.appendBuffer(opening(this.#line.frame)));
  }

  /** Do something with the buffer, which does one thing at a time. */
  #change(work) {
    return new Promise((done, failed) => {
      const once = { once: true };
      this.#buffer.addEventListener("updateend", done, once);
      this.#buffer.addEventListener("error", () => failed(new Error("The sound could not be laid.")), once);
      work(this.#buffer);
    });
  }

  /** Wait until more is needed. */
  async #room(signal) {
    const isEnough = () => this.#line.start(this.#next) - this.#audio.currentTime > AHEAD_SECONDS * this.#audio.playbackRate;
    while (isEnough() && !signal.aborted) {
      await new Promise((done) => {
        for (const event of ["timeupdate", "seeking", "ratechange"]) this.#audio.addEventListener(event, done, { once: true });
        signal.addEventListener("abort", done, { once: true });
      });
    }
    signal.throwIfAborted();
  }

  /** The text was changed under the listener: go on with the same sentence of the new one, or at the same time. */
  async #renew(signal) {
    const old = this.#line;
    const at = this.#audio.currentTime;
    const here = old.at(at);
    await this.#load();
    signal.throwIfAborted();
    if (this.#line.digest === old.digest) throw new Error("A sentence is missing.");
    const place = this.#line.place(old.sentences[here].id);
    this.#jump(place < 0 ? Math.min(at, this.#line.seconds) : this.#line.start(place) + at - old.start(here));
  }

  #fail(problem) {
    this.#from = -1; // the next play begins anew
    this.#stop.abort();
    this.#audio.pause();
    this.#tell.failed(problem instanceof Refused ? problem.message : STOPPED);
  }
}
