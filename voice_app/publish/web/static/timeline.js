/**
 * An article's sentences one after the other, with how long each sounds: exact where its sound is there, else estimated.
 * What is learnt while listening moves only what comes after.
 */

export class TimeLine {
  #starts = [];
  #places = new Map();

  constructor({ pieces, words, digest, frame, sentences, chapters }) {
    this.address = pieces;
    this.words = words;
    this.digest = digest;
    this.frame = frame;
    this.chapters = chapters;
    this.sentences = sentences.map(([id, seconds, speech, isKnown]) => ({ id, seconds, speech, isKnown }));
    this.sentences.forEach(({ id }, index) => this.#places.set(id, index));
    this.settle();
  }

  get length() {
    return this.sentences.length;
  }

  get seconds() {
    return this.#starts[this.length];
  }

  /** How many sentences turned out to have no sound. */
  get unspoken() {
    return this.sentences.filter(({ seconds, isKnown }) => isKnown && !seconds).length;
  }

  start(index) {
    return this.#starts[index];
  }

  /** When the voice begins and ends in a piece. */
  speech(index) {
    const begin = this.#starts[index] + this.frame.delay_samples / this.frame.rate_hz;
    return { start: begin, end: begin + this.sentences[index].speech };
  }

  place(id) {
    return this.#places.get(id) ?? -1;
  }

  /** The sentence at a time, the last one when it is past the end. */
  at(seconds) {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle] <= seconds + 0.001) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  addressOf(index) {
    return this.address.replace("{id}", this.sentences[index].id);
  }

  secondsOf(bytes) {
    return ((bytes / this.frame.size) * this.frame.samples) / this.frame.rate_hz;
  }

  /** The true length of a piece. */
  learn(index, seconds) {
    const sentence = this.sentences[index];
    sentence.speech = seconds && (sentence.isKnown ? sentence.speech : Math.min(sentence.speech, seconds));
    sentence.isKnown = true;
    if (sentence.seconds === seconds) return;
    sentence.seconds = seconds;
    this.#layFrom(index);
  }

  /** Lay all of it anew: what was learnt now counts for what comes before, too. */
  settle() {
    this.#starts = [0];
    this.#layFrom(0);
  }

  #layFrom(index) {
    for (let at = index; at < this.length; at++) this.#starts[at + 1] = this.#starts[at] + this.sentences[at].seconds;
  }
}
