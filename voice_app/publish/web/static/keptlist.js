/** The articles of the listening page where the site cannot be reached: those that are kept and were not heard. */

import { all, isPossible } from "./kept.js";
import { untold } from "./later.js";
import { memory } from "./memory.js";
import { queue } from "./queue.js";
import { gettext } from "./texts.js";
import { spoken } from "./words.js";

/** Put their cards into the page: first what is in the queue, then what was kept last. */
export async function fill(box, album) {
  const kept = isPossible ? (await all()).filter(({ slug }) => !isHeard(slug)) : [];
  const places = new Map((await queue()).map(({ slug }, number) => [slug, number]));
  const place = ({ slug }) => places.get(slug) ?? places.size;
  const row = box.querySelector("template");
  const cards = kept.sort((one, other) => place(one) - place(other)).map((facts) => made(row, facts, album));
  const list = box.querySelector("ol");
  list.replaceChildren(...cards);
  list.hidden = !cards.length;
  box.querySelector(kept.length ? "[data-away]" : "[data-none]").hidden = false;
}

const isHeard = (slug) => untold("heard", slug) ?? Boolean(memory.place(slug)?.finished);

function made(row, facts, album) {
  const card = row.content.cloneNode(true).firstElementChild;
  const { slug, title, seconds, picture } = facts;
  Object.assign(card.dataset, { slug, title, seconds, artwork: picture, artist: facts.byline ?? album });
  const link = card.querySelector("a");
  link.href = facts.page;
  link.textContent = title;
  link.parentElement.lang = facts.language;
  card.querySelector("[data-length]").textContent = spoken(Math.round(seconds / 60) * 60 || seconds);
  const audio = card.querySelector("audio");
  audio.src = facts.sound;
  audio.setAttribute("aria-label", gettext("Narration of %(title)s", { title }));
  return card;
}
