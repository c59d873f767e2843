// Times as people say them.

const clockTime = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayName = new Intl.DateTimeFormat("en", { day: "numeric", month: "long" });
const DAY = 86_400_000;

export const timeOf = (moment) => clockTime.format(new Date(moment));

const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

export function dayOf(moment) {
  const days = Math.round((midnight(new Date()) - midnight(new Date(moment))) / DAY);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return dayName.format(new Date(moment));
}

export const lengthOf = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, "0")}`;
