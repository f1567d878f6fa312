/** What was kept while the site was away is sent, and then what to go on with is shown anew. */

import { catchUp } from "./later.js";

if (await catchUp()) {
  const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const [told, shown] = [fresh, document].map((page) => page.getElementById("begun")?.closest("section"));
  if (told && shown && !shown.contains(document.activeElement)) shown.replaceWith(told);
  else if (told && !shown) document.querySelector(".heading").after(told);
}
