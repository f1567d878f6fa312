/**
 * The big button as a machine of few states. It knows neither page nor sound: it tells the stage which state it enters,
 * and the stage tells it what happened.
 *
 * state     what is heard                                        a press                    when that is over
 * --------  ---------------------------------------------------  -------------------------  --------------------------
 * silent    nothing                                              the headline               -
 * headline  "Headline 2, <title>, 8 minutes. Press to play it."  the article plays          the next headline; after
 *           or "You were in the middle of this one: <title>.                                the last one: all
 *           Press to go on.", and some seconds of silence
 * playing   the article                                          paused                     it is heard; the next
 *                                                                                           headline
 * paused    nothing                                              offering                   -
 * offering  "Going on. Press for the headlines."                 its headline               playing
 * all       "That was all. Press to hear them again."            the first headline         -
 * nothing   "You have heard everything."                         the list, looked at again  -
 * trouble   "The sound could not be loaded. Press to try again." what failed, again         -
 *
 * No article plays without a press. The menu goes on by itself behind an article, as its listener's hands may be full,
 * and ends by itself behind the last headline. Whoever has this button alone gets from an article to the menu by way of
 * a pause: nothing has to be held down, or pressed twice in a hurry, which shaking hands cannot do. Those who have more
 * keys have `next`, `back` and `headlines`.
 */

const GATE_MS = 400; // a press so soon after another is the same one, of a hand that shakes
const REACTION_MS = 1000; // of a new headline, only the number was heard by then: the press meant the one before

export class Menu {
  state = "silent";
  #stage;
  #now;
  #round = [];
  #here = 0;
  #before = null; // the headline that this one followed by itself
  #saidAt = 0;
  #pressedAt = -Infinity;
  #failed = "silent";

  /** The `stage` has `items()`, `enter(state, item, number)`, `heard(item)` and `skip(seconds)`. An item knows whether it
   * `isBegun` and `isHeard`. */
  constructor(stage, now = () => performance.now()) {
    this.#stage = stage;
    this.#now = now;
  }

  get item() {
    return this.#round[this.#here]?.item ?? null;
  }

  /** The headline that comes next if nobody presses. */
  get following() {
    return this.#round.slice(this.#here + 1).find(({ item }) => !item.isHeard) ?? null;
  }

  // what a person does

  press() {
    if (!this.#isNew()) return;
    const { state } = this;
    if (state === "headline") this.#choose();
    else if (state === "playing") this.#enter("paused");
    else if (state === "paused") this.#enter("offering");
    else if (state === "trouble" && this.#failed === "playing") this.#enter("playing");
    else this.#headline();
  }

  /** The headline of what is heard, or the first one. */
  headlines() {
    if (this.#isNew()) this.#headline();
  }

  next() {
    if (this.#isNew()) this.#headline(this.state === "silent" ? 0 : 1);
  }

  /** From a headline to the one before, from an article to its headline. */
  back() {
    if (!this.#isNew()) return;
    const before = this.#round.findLastIndex(({ item }, index) => index < this.#here && !item.isHeard);
    if (this.state === "headline" && before >= 0) this.#say(before);
    else this.#headline();
  }

  skip(seconds) {
    if (["playing", "paused"].includes(this.state)) this.#stage.skip(seconds);
    else if (this.state === "headline" && seconds < 0) this.#say(this.#here);
  }

  // what happens

  /** What was heard has come to its end. */
  over() {
    if (this.state === "headline") this.#say(this.#here + 1, { before: this.#here });
    else if (this.state === "offering") this.#enter("playing");
    else if (this.state === "playing") {
      this.#stage.heard(this.item);
      this.#say(this.#here + 1, { before: -1 });
    }
  }

  /** The system stopped the sound: for a call, or because the headset is gone. */
  interrupted() {
    if (["playing", "offering"].includes(this.state)) this.#enter("paused");
    else if (this.state === "headline") this.#enter("silent");
  }

  failed() {
    if (this.state === "trouble") return;
    this.#failed = ["playing", "offering"].includes(this.state) ? "playing" : "headline";
    this.#enter("trouble");
  }

  #headline(steps = 0) {
    if (["all", "nothing"].includes(this.state) || !this.#round.length) this.#begin();
    else this.#say(this.#here + steps);
  }

  /** A round of headlines: what was begun first, the others numbered. */
  #begin() {
    const items = this.#stage.items().filter((item) => !item.isHeard);
    const begun = items.filter((item) => item.isBegun);
    const others = items.filter((item) => !item.isBegun);
    this.#round = [
      ...begun.map((item) => ({ item, number: 0 })),
      ...others.map((item, index) => ({ item, number: index + 1 })),
    ];
    this.#say(0);
  }

  #say(from, { before = null } = {}) {
    const here = this.#round.findIndex(({ item }, index) => index >= from && !item.isHeard);
    if (here < 0) {
      this.#enter(this.#round.every(({ item }) => item.isHeard) ? "nothing" : "all");
      return;
    }
    this.#here = here;
    this.#before = before;
    this.#saidAt = this.#now();
    this.#enter("headline");
  }

  #choose() {
    const isTooSoon = this.#before !== null && this.#now() - this.#saidAt < REACTION_MS;
    if (isTooSoon && this.#before < 0) return; // it meant the article that has just ended
    if (isTooSoon) this.#here = this.#before;
    this.#enter("playing");
  }

  #enter(state) {
    this.state = state;
    const { item = null, number = 0 } = this.#round[this.#here] ?? {};
    this.#stage.enter(state, item, number);
  }

  #isNew() {
    const now = this.#now();
    const isNew = now - this.#pressedAt >= GATE_MS;
    this.#pressedAt = now;
    return isNew;
  }
}
