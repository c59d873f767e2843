// Times as people say them.

// The shop's zone, as the box names it in the address of this page: both sides of a chat show the same time.
const HOME = "Asia/Kolkata";
const asked = new URLSearchParams(globalThis.location?.search ?? "").get("zone");
const timeZone = isZone(asked) ? asked : HOME;
const clockTime = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
const dayName = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", timeZone });
const dayKey = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone });
const DAY = 86_400_000;

function isZone(name) {
  try {
    return Boolean(name && new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

export const timeOf = (moment) => clockTime.format(new Date(moment));

const dayNumber = (date) => Date.parse(dayKey.format(date)) / DAY;

export function dayOf(moment) {
  const days = dayNumber(new Date()) - dayNumber(new Date(moment));
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return dayName.format(new Date(moment));
}

export const lengthOf = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, "0")}`;
