// The programme page works without this. It adds: the reader's own time where it differs, the line that
// says where the day has got to, the day whose tab is marked, and details that open when they are linked to.
import { showOwnTimes } from "./own-time.js";
import { followDays } from "./days.js";
import { drawNow } from "./now.js";
import { openTarget } from "./target.js";

showOwnTimes();
followDays();
drawNow();
openTarget();
