// Reads a calendar as Thunderbird and Nextcloud do, zones from the file alone, and prints what it understood.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(process.argv[2] + "/"));
const { default: ICAL } = await import(pathToFileURL(require.resolve("ical.js")));

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);

const seconds = (time) => (time.isDate ? time.toString() : time.toUnixTime());
const read = (component) => {
  const end = component.getFirstPropertyValue("dtend");
  return {
    uid: component.getFirstPropertyValue("uid"),
    start: seconds(component.getFirstPropertyValue("dtstart")),
    end: end && seconds(end),
    summary: component.getFirstPropertyValue("summary"),
    description: component.getFirstPropertyValue("description"),
    location: component.getFirstPropertyValue("location"),
    status: component.getFirstPropertyValue("status"),
    sequence: component.getFirstPropertyValue("sequence"),
    categories: component.getFirstProperty("categories")?.getValues() ?? [],
  };
};
console.log(JSON.stringify(calendar.getAllSubcomponents("vevent").map(read)));
