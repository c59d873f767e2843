/** What this browser remembers: drafts, folds, appearance. Storage may be full or forbidden; then nothing is remembered. */
const PREFIX = 'wablast.';

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Names, without the prefix, of everything remembered under a beginning. */
export function remembered(beginning: string): string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX + beginning)).map((name) => name.slice(PREFIX.length));
  } catch {
    return [];
  }
}

export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // Nothing to do: the screen works without a memory.
  }
}

/** Calls when another tab of this browser remembers something else under this name. */
export function onRememberedElsewhere(name: string, listener: (value: string) => void): void {
  window.addEventListener('storage', ({ key, newValue }) => { if (key === PREFIX + name && newValue !== null) listener(newValue); });
}

/** The same for this tab alone: over a reload, and gone with the tab. */
export function recallHere(name: string): string | null {
  try {
    return sessionStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function rememberHere(name: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, value);
  } catch {
    // See above.
  }
}

/** Signing out on a shared computer leaves no drafts behind. */
export function forget(beginning: string): void {
  try {
    for (const kept of [localStorage, sessionStorage]) {
      const names = Object.keys(kept).filter((name) => name.startsWith(PREFIX + beginning));
      for (const name of names) kept.removeItem(name);
    }
  } catch {
    // See above.
  }
}
