/**
 * The frames of tables. One that is wide enough for its table cannot scroll: it is then no stop of the Tab key, and
 * screen readers do not say its name, which is that of the table, once more.
 */

const FACTS = ["role", "tabindex", "aria-label"];

function watch(frame) {
  const facts = FACTS.map((name) => [name, frame.getAttribute(name)]);
  const fit = () => {
    const isStop = frame.scrollWidth > frame.clientWidth || frame === document.activeElement;
    for (const [name, value] of facts) isStop ? frame.setAttribute(name, value) : frame.removeAttribute(name);
  };
  const watcher = new ResizeObserver(fit);
  watcher.observe(frame);
  watcher.observe(frame.firstElementChild); // whose typeface may come later
}

export function begin() {
  for (const frame of document.querySelectorAll(".wide:not([data-watched])")) {
    frame.dataset.watched = "";
    watch(frame);
  }
}

begin();
