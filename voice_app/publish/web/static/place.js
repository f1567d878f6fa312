/** Where the listener is, in sentences: said only when asked. */

import { blockOf, headingOf } from "./structure.js";
import { gettext } from "./texts.js";
import { spoken } from "./words.js";

/** What there is to say of a time in the article. */
export function whereabouts({ page, audio, seconds, follow, chapters, timer }) {
  const now = audio.currentTime;
  const left = (seconds - now) / audio.playbackRate;
  return [
    chapterAt(chapters, now),
    paragraphAt(page, follow.at(now)),
    gettext("%(now)s of %(whole)s.", { now: spoken(now), whole: spoken(Math.round(seconds)) }),
    audio.playbackRate === 1
      ? gettext("%(time)s left.", { time: spoken(left) })
      : gettext("%(time)s left at this speed.", { time: spoken(left) }),
    timer.words,
  ].filter(Boolean).join(" ");
}

function chapterAt(chapters, seconds) {
  const here = chapters.at(seconds);
  if (here < 0) return "";
  return gettext("%(title)s, chapter %(number)s of %(all)s.", {
    number: here + 1,
    all: chapters.length,
    title: chapters.titles[here],
  });
}

function paragraphAt(page, sentence) {
  if (!sentence) return gettext("At the beginning.");
  if (headingOf(sentence.element)) return gettext("On a heading.");
  const blocks = new Set([...page.querySelectorAll(".prose .sentence[data-start]")].map(blockOf).filter((one) => !headingOf(one)));
  const number = [...blocks].indexOf(blockOf(sentence.element)) + 1;
  if (!number) return "";
  return gettext("Paragraph %(number)s of %(all)s.", { number, all: blocks.size });
}
