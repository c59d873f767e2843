// Builds elements. Text goes in as text nodes and nothing else: whatever people type stays text.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  more: ["M12 5.5v.01M12 12v.01M12 18.5v.01"],
  attach: ["M12 5v14M5 12h14"],
  send: ["M5 12l14-7-5 15-3-6z", "M11 14l8-9"],
  mic: ["M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3z", "M6 11a6 6 0 0 0 12 0M12 17v3.5"],
  close: ["M6 6l12 12M18 6L6 18"],
  down: ["M6 10l6 6 6-6"],
  shop: ["M4.5 10v8.5h15V10", "M3.5 9.5l1.8-5h13.4l1.8 5a2.8 2.8 0 0 1-5.6 0 2.9 2.9 0 0 1-5.8 0 2.8 2.8 0 0 1-5.6 0z", "M10 18.5v-4.5h4v4.5"],
  verified: ["M12 3l2.4 1.9 3-.2.9 2.9 2.5 1.7-1 2.9 1 2.8-2.5 1.7-.9 2.9-3-.2L12 21.2l-2.4-1.8-3 .2-.9-2.9L3.2 15l1-2.8-1-2.9 2.5-1.7.9-2.9 3 .2z", "M8.8 12.200l2.2 2.2 4.2-4.5"],
  forward: ["M13 6l6 6-6 6M19 12H9a5 5 0 0 0-5 5"],
  reply: ["M11 6l-6 6 6 6M5 12h10a5 5 0 0 1 5 5"],
  edit: ["M5 19l1-4L16.5 4.500l3 3L9 18z"],
  remove: ["M5 7h14M9 7V4.500h6V7M7 7l1 12.500h8L17 7"],
  location: ["M12 21c4-4.6 6.5-8 6.5-11a6.5 6.5 0 0 0-13 0c0 3 2.5 6.4 6.5 11z", "M12 12.300a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.600z"],
  contact: ["M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M4.5 20.500c.8-4 3.8-6 7.5-6s6.7 2 7.5 6"],
  document: ["M6.5 3.500h7.500l4 4v13h-11.500z", "M14 3.500v4h4M9.5 12h5M9.5 16h5"],
  order: ["M5.5 8.500h13l-1 11.500h-11z", "M9 8.500V7a3 3 0 0 1 6 0v1.5"],
  file: ["M4 7.500V18a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V9.500a2 2 0 0 0-2-2h-6l-2-2.500H6a2 2 0 0 0-2 2z"],
  list: ["M9 6.500h11M9 12h11M9 17.500h11M4.5 6.500v.01M4.5 12v.01M4.5 17.500v.01"],
  link: ["M14 5h5v5M19 5l-8.5 8.5", "M18 14v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h4"],
  copy: ["M9 9h10.500v10.500H9z", "M15 9V4.500H4.500V15H9"],
  check: ["M5 12.500l4.5 4.500L19 7.5"],
  call: ["M6 3.500h3l1.5 4.5-2 1.500a12 12 0 0 0 6 6l1.5-2 4.5 1.500v3a2 2 0 0 1-2.2 2C10.8 19.4 4.6 13.2 4 5.700A2 2 0 0 1 6 3.500z"],
  form: ["M5 4h14v16H5z", "M8.5 8.500h7M8.5 12h7M8.5 15.500h4"],
  play: ["M7 4.500v15l12.5-7.500z"],
  pause: ["M7 5h3.500v14H7zM13.5 5H17v14h-3.500z"],
  picture: ["M4 5h16v14H4z", "M4 16l4.5-4.5 4 4 3-3L20 17M15.5 9.500v.01"],
  poll: ["M5 20V11M12 20V4.500M19 20v-6"],
  eye: ["M2.5 12C5 7.5 8.2 5.5 12 5.500S19 7.5 21.5 12C19 16.5 15.8 18.5 12 18.500S5 16.5 2.5 12z", "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z"],
  plane: ["M3.5 13.500l17-7.5-6.5 15-2.5-6z", "M11.5 15l9-9"],
  bell: ["M6 16.500V11a6 6 0 0 1 12 0v5.500l1.5 1.500h-15z", "M10 20.500h4"],
  number: ["M9 4L7 20M17 4l-2 16M4.5 9h16M3.5 15h16"],
  hello: ["M7 12.500V7a1.5 1.5 0 0 1 3 0v4-6a1.5 1.5 0 0 1 3 0v6-5a1.5 1.5 0 0 1 3 0v5-2.500a1.5 1.5 0 0 1 3 0V14a7 7 0 0 1-13 3.500L4 13.500c-.8-1.3.8-2.4 1.8-1.300z"],
  stop: ["M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z", "M6 6l12 12"],
  clock: ["M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z", "M12 8v4.500l3 2"],
};

const TICKS = {
  sent: ["M4 6.500l3 3 6-7"],
  delivered: ["M1.5 6.500l3 3 6-7", "M7 9l.6.6 6.4-7.1"],
  failed: ["M8 2v5M8 9.500v.01"],
};

export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, each] of Object.entries(value)) made.style.setProperty(key, each);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export const icon = (name) =>
  svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, ...ICONS[name].map((d) => svg("path", { d })));

export function tick(state) {
  const shape = TICKS[state] ?? TICKS.delivered;
  const label = { sent: "Sent", delivered: "Delivered", read: "Read", played: "Played", failed: "Failed" }[state] ?? state;
  const drawn = svg("svg", { viewBox: "0 0 16 12", role: "img", "aria-label": label }, ...shape.map((d) => svg("path", { d })));
  if (state === "read" || state === "played") drawn.classList.add("read");
  return drawn;
}

export const byId = (id) => document.getElementById(id);

export function tile(name) {
  const letters = name.replace(/^[@+]/, "").split(/\s+/).map((word) => [...word][0] ?? "").slice(0, 2).join("").toUpperCase();
  return el("span", { class: "tile", "aria-hidden": "true", style: { "--hue": hueOf(name) } }, letters);
}

export function hash(text) {
  let value = 2166136261;
  for (const character of text) value = Math.imul(value ^ character.codePointAt(0), 16777619) >>> 0;
  return value;
}

const hueOf = (name) => (hash(name) * 137) % 360;
