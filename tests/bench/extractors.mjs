// node extractors.mjs FOLDER_OF_NODE_MODULES EXTRACTOR PAGES COUNT: one line of JSON per page, with its article's HTML.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { cpuUsage } from "node:process";

const [modules, name, folder, count] = process.argv.slice(2);
const require = createRequire(join(modules, "/"));
const { parseHTML } = require("linkedom");
const address = "https://site.example/a/page";

const extractors = {
  "readability.js": async (html) => {
    const { Readability } = require("@mozilla/readability");
    return new Readability(parseHTML(html).document).parse()?.content ?? "";
  },
  defuddle: async (html) => {
    const { Defuddle } = await import(join(modules, "node_modules/defuddle/dist/node.js"));
    return (await Defuddle(parseHTML(html).document, address, {})).content ?? "";
  },
};

console.warn = console.error = () => {};
for (let number = 0; number < Number(count); number++) {
  const page = readFileSync(join(folder, `${number}.html`), "utf-8");
  const began = cpuUsage();
  let html = "";
  try {
    html = await extractors[name](page);
  } catch {
    html = ""; // a page that it cannot take has no article, as for the others
  }
  const took = cpuUsage(began);
  process.stdout.write(JSON.stringify({ html, ms: (took.user + took.system) / 1000 }) + "\n");
}
