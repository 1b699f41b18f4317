// Where blocks stand in their column when several run at once, and which hours a day shows.
import { DAY_BEGINS, DAY_ENDS, within } from "./time.js";

/** Give every block a lane and how many lanes there are beside it. */
export function shareOut(blocks, endOf) {
  const lanes = new Map();
  let cluster = [];
  let until = -Infinity;
  const close = () => {
    const number = Math.max(0, ...cluster.map((each) => lanes.get(each).lane + 1));
    for (const each of cluster) lanes.get(each).lanes = number;
    cluster = [];
  };
  for (const block of blocks) {
    if (block.place.from >= until) close();
    const taken = new Set(cluster.filter((each) => endOf(each.place) > block.place.from).map((each) => lanes.get(each).lane));
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    lanes.set(block, { lane, lanes: 1 });
    cluster.push(block);
    until = cluster.length === 1 ? endOf(block.place) : Math.max(until, endOf(block.place));
  }
  close();
  return lanes;
}

/** First and last minute that a day shows: office hours, and an hour around whatever there is. */
export function hours(blocks, endOf) {
  const first = Math.min(9 * 60, ...blocks.map((each) => each.place.from)) - 60;
  const last = Math.max(18 * 60, ...blocks.map((each) => endOf(each.place))) + 60;
  return {
    first: within(Math.floor(first / 60) * 60, DAY_BEGINS, DAY_ENDS - 60),
    last: within(Math.ceil(last / 60) * 60, DAY_BEGINS + 60, DAY_ENDS),
  };
}
