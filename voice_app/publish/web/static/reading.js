/**
 * Begins the scripts of an article's page, once its words can be seen: whatever comes before delays them, on a slow
 * phone by a quarter of a second. Which scripts, and in which order, the page says.
 */

const MOST_MS = 1000; // a page that nobody looks at is never painted

await new Promise((painted) => {
  new PerformanceObserver(painted).observe({ type: "paint", buffered: true });
  setTimeout(painted, MOST_MS);
});
for (const name of document.querySelector("[data-scripts]").dataset.scripts.split(" ")) {
  await import(`./${name}.js`).catch(reportError);
}
