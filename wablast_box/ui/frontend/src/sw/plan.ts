/** Which requests the service worker answers, and from where. Pure, so that it can be tested as a table. */

/** `shell`: the page that draws every screen. `file`: built and named by its content. `leave`: not ours to answer. */
export type Answer = 'shell' | 'file' | 'leave';

/** Doors that are never pages, and above all the API: what the box says to one person is never kept for another. */
const DOORS = ['/api/', '/media/', '/hooks/', '/socket.io', '/simulator', '/demo/', '/healthz', '/readyz', '/sw.js'];

export interface Asked {
  method: string;
  mode: string;
  url: URL;
}

export function planFor({ method, mode, url }: Asked, origin: string, files: ReadonlySet<string>): Answer {
  if (method !== 'GET' || url.origin !== origin) return 'leave';
  if (DOORS.some((door) => url.pathname.startsWith(door))) return 'leave';
  if (mode === 'navigate') return 'shell';
  return files.has(url.pathname) || url.pathname.startsWith('/assets/') ? 'file' : 'leave';
}
