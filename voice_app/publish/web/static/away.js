/**
 * Forms on a page whose site may be away. A form is sent as ever when the site answers. When it does not, what can be
 * done later is kept and shown as done, and of the rest it is said that nothing was changed.
 */

import { tell, untold } from "./later.js";
import { memory } from "./memory.js";
import { gettext } from "./texts.js";

const PATIENCE_MS = 4000;
const QUEUED = {
  add: gettext("It is put into the queue as soon as the site can be reached."),
  next: gettext("It is put into the queue as the next one as soon as the site can be reached."),
  remove: gettext("It is taken out of the queue as soon as the site can be reached."),
};

let passed = null;
let isAsking = false;

document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (form.method !== "post" || event.defaultPrevented || passed === form) return;
  event.preventDefault();
  if (isAsking) return;
  isAsking = true;
  const isThere = await answers();
  isAsking = false;
  if (!isThere) return say(form, instead(form, submitter));
  passed = form;
  form.requestSubmit(submitter);
  passed = null;
});

async function answers() {
  try {
    const options = { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) };
    return (await fetch("/healthz", options)).ok;
  } catch {
    return false;
  }
}

/** What is done without the site, as a sentence. */
function instead(form, submitter) {
  const slug = new URL(form.action).pathname.split("/")[2];
  if (form.matches("[data-heard]")) return markHeard(form, slug);
  if (form.matches(".queueing") && submitter?.value in QUEUED) {
    tell("queue", slug, submitter.value);
    return QUEUED[submitter.value];
  }
  return gettext("The site cannot be reached, so nothing was changed. Try again when there is a connection.");
}

function markHeard(form, slug) {
  const isHeard = form.querySelector("[name=heard]").value === "yes";
  const length = Number(document.querySelector("[data-player]")?.dataset.seconds) || 0;
  if (isHeard || memory.place(slug)?.finished) {
    memory.keepPosition(slug, isHeard ? length : 0, { length, finished: isHeard });
  }
  tell("heard", slug, isHeard);
  showHeard(form, isHeard);
  return isHeard
    ? gettext("Marked as heard. The site is told as soon as it can be reached.")
    : gettext("Marked as not heard. The site is told as soon as it can be reached.");
}

function showHeard(form, isHeard) {
  form.querySelector("[name=heard]").value = isHeard ? "no" : "yes";
  form.querySelector("button").textContent = isHeard ? gettext("Mark as not heard") : gettext("Mark as heard");
}

/** Beside the form that it is about. On a page of many articles it is said elsewhere. */
function say(form, text) {
  const box = form.closest(".card") ?? document;
  const shown = box.querySelector("keep-offline [aria-live], [data-told]");
  if (shown) shown.textContent = text;
  const region = document.querySelector("[data-kept-news]");
  if (region) region.textContent = text;
}

/** A kept page does not know yet what was done since. */
for (const form of document.querySelectorAll("form[data-heard]")) {
  const isHeard = untold("heard", new URL(form.action).pathname.split("/")[2]);
  if (isHeard !== null) showHeard(form, isHeard);
}
