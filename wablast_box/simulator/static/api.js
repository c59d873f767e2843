// The phone's wire: relative addresses, so that it works under any prefix.

const BASE = "phone/api/";

export class Refused extends Error {}

async function call(method, path, body) {
  const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const answer = await fetch(BASE + path, { method, ...sent });
  if (!answer.ok) {
    const told = await answer.json().catch(() => null);
    throw new Refused(told?.error?.message ?? `The simulator answered ${answer.status}.`);
  }
  return answer.json();
}

const person = (id) => `customers/${encodeURIComponent(id)}`;

export const customers = () => call("GET", "customers");
export const messages = (id) => call("GET", `${person(id)}/messages`);
export const change = (id, what) => call("PATCH", person(id), what);
export const act = (id, what) => call("POST", `${person(id)}/acts`, what);
export const mediaUrl = (mediaId) => `${BASE}media/${encodeURIComponent(mediaId)}`;

export async function upload(file) {
  const form = new FormData();
  form.append("file", file);
  const answer = await fetch(`${BASE}media`, { method: "POST", body: form });
  if (!answer.ok) throw new Refused("That file could not be taken.");
  return answer.json();
}

// Listens for ever; `again` runs after a gap, because news may have been missed in it.
export function listen({ onNews, again }) {
  const source = new EventSource(`${BASE}events`);
  let opened = false;
  source.addEventListener("open", () => {
    if (opened) again();
    opened = true;
  });
  source.addEventListener("message", (event) => onNews(JSON.parse(event.data)));
  addEventListener("pagehide", () => source.close());
}
