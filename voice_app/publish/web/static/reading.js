/**
 * Begins the scripts of an article's page, once its words can be seen: whatever comes before delays them, on a slow
 * phone by a quarter of a second. Which scripts, the page says.
 */

const MOST_MS = 1000; // a page that nobody looks at is never painted

const painted = new Promise((ready) => {
  new PerformanceObserver(ready).observe({ type: "paint", buffered: true });
  setTimeout(ready, MOST_MS);
});

await painted;
for (const name of document.querySelector("[data-scripts]").dataset.scripts.split(" ")) import(`./${name}.js`);
