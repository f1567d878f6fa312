/**
 * Answers in the site's place where that cannot be reached. The site's answer always comes first, so that nothing here is
 * ever old, but for files whose address says what is in them. What is kept of articles is put there by `kept.js`: each
 * article has a cache of its own, `kept-<slug>`. `SHELL` is written before this by the site: the files of this release
 * and the page that is shown where nothing is kept.
 */

const OURS = `shell-${SHELL.version}`;
const PATIENCE_MS = 6000; // a connection that is there and brings nothing is none

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (/^\/(static|audio|artwork)\//.test(pathname)) event.respondWith(lasting(request, pathname));
  else if (pathname.startsWith("/words/")) event.respondWith(words(request, pathname));
  else if (pathname.startsWith("/listen/say/")) event.respondWith(saying(request, pathname));
});

async function install() {
  const cache = await caches.open(OURS);
  const pages = [SHELL.page, SHELL.listen].map((path) => new Request(path, { cache: "reload" }));
  await cache.addAll([...SHELL.files, ...pages]);
  await skipWaiting();
}

/** A page that was kept under another release still needs that one's files, until it is brought to this one. */
async function activate() {
  await clients.claim();
  const names = await caches.keys();
  const renewed = await Promise.all(names.filter((name) => name.startsWith("kept-")).map(renew));
  if (!renewed.every(Boolean)) return;
  await Promise.all(names.filter((name) => name.startsWith("shell-") && name !== OURS).map((name) => caches.delete(name)));
}

/** True when the kept page is of this release. One whose sound changed, or is about to, is left as it is: it is whole. */
async function renew(name) {
  const cache = await caches.open(name);
  const facts = await (await cache.match("/offline/facts"))?.json();
  if (!facts) return true;
  try {
    const now = await (await fetch(`${facts.page}/offline.json`)).json();
    if (now.sound !== facts.sound || now.is_busy) return false;
    const page = await fetch(facts.page);
    const isWhole = page.ok && (await page.clone().text()).includes(facts.sound);
    if (isWhole) await cache.put(facts.page, page);
    return isWhole;
  } catch {
    return false;
  }
}

const anywhere = (address) => caches.match(address, { ignoreSearch: true, ignoreVary: true });

async function page(request) {
  const kept = (await anywhere(request.url)) ?? (await listening(request));
  try {
    const answer = await (kept ? soon(request) : fetch(request));
    return kept && answer.status >= 502 ? kept : answer; // a proxy answers for a site that is away
  } catch {
    return kept ?? (await anywhere(SHELL.page)) ?? Response.error();
  }
}

/** The page with one big button, where there is something for it to play. */
async function listening({ url }) {
  const isSo = new URL(url).pathname === "/listen" && (await caches.keys()).some((name) => name.startsWith("kept-"));
  return isSo ? anywhere(SHELL.listen) : undefined;
}

const soon = (request) =>
  Promise.race([
    fetch(request),
    new Promise((_, failed) => setTimeout(() => failed(new Error("too slow")), PATIENCE_MS)),
  ]);

/** What is behind these addresses never changes. */
async function lasting(request, pathname) {
  const kept = await anywhere(pathname);
  if (kept) return part(request, kept, pathname);
  try {
    return await fetch(request);
  } catch (problem) {
    const today = SHELL.files.find((file) => nameOf(file) === nameOf(pathname)); // of another release
    const found = pathname.startsWith("/static/") && today && (await anywhere(today));
    if (found) return found;
    throw problem;
  }
}

const nameOf = (address) => address.split("/").slice(3).join("/");

async function words(request, pathname) {
  try {
    return await fetch(request);
  } catch (problem) {
    const found = await anywhere(`/articles/${pathname.split("/")[2]}/offline/words.json`);
    if (found) return found;
    throw problem;
  }
}

/** A headline is kept without its number, as nobody knew of how many it would be one. */
async function saying(request, pathname) {
  const address = pathname.replace(/headline-\d+/, "kept");
  const kept = await anywhere(address);
  if (!kept) return fetch(request); // a voice may be slow
  try {
    const answer = await soon(request);
    if (answer.ok) return answer;
  } catch {
    /* the site is away */
  }
  return part(request, kept, address);
}

/** A player asks for a part of a file, and again for every part it jumps to. */
let last = { address: "", sound: null };

async function part(request, kept, address) {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("Range") ?? "");
  if (!asked || asked[0] === "bytes=-") return kept;
  if (last.address !== address) last = { address, sound: await kept.blob() };
  const { sound } = last;
  const [, from, to] = asked;
  const begin = from ? Number(from) : Math.max(0, sound.size - Number(to));
  const end = from && to ? Math.min(Number(to), sound.size - 1) : sound.size - 1;
  const type = kept.headers.get("Content-Type");
  if (begin > end) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${sound.size}` } });
  return new Response(sound.slice(begin, end + 1, type), {
    status: 206,
    headers: {
      "Accept-Ranges": "bytes",
      "Content-Length": String(end - begin + 1),
      "Content-Range": `bytes ${begin}-${end}/${sound.size}`,
      "Content-Type": type,
    },
  });
}
