/**
 * For other sites' pages: puts the player where this script stands.
 *
 *   <script src="https://this.site/embed.js" async></script>
 *
 * data-article names the article; without it, it is the one that was read from the page's own address. data-theme
 * (auto, light, dark), data-accent (0e5f58) and data-lang are as you like. Nothing is stored and nobody is counted.
 */
(() => {
  const script = document.currentScript;
  const { article, theme, accent, lang = script.closest("[lang]")?.lang } = script.dataset;
  const address = new URL(article ? `embed/${encodeURIComponent(article)}` : "embed", script.src);
  const canonical = document.querySelector('link[rel="canonical"]')?.href;
  const modified = Date.parse(document.querySelector('meta[property="article:modified_time"]')?.content);
  const told = {
    url: article ? "" : canonical || location.href.split("#")[0],
    theme,
    accent,
    lang,
    modified: Number.isNaN(modified) ? "" : new Date(modified).toISOString(),
  };
  for (const [name, value] of Object.entries(told)) if (value) address.searchParams.set(name, value);

  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = document.title;
  frame.loading = "lazy";
  frame.referrerPolicy = "no-referrer";
  frame.style.cssText = "display: block; width: 100%; height: 14rem; border: 0";
  addEventListener("message", ({ source, data }) => {
    if (source !== frame.contentWindow || !data?.voiceApp) return;
    frame.style.height = `${Math.min(2000, Number(data.voiceApp.height) || 0)}px`;
    frame.title = String(data.voiceApp.title);
  });
  script.after(frame);
})();
