/** The site has forgotten this browser; the browser forgets its places, too. */

import { memory } from "./memory.js";

memory.forget();
