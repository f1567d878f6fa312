/** The site has forgotten this browser; the browser forgets its places, too, and what it had still to tell. */

import { forget } from "./later.js";
import { memory } from "./memory.js";

memory.forget();
forget();
