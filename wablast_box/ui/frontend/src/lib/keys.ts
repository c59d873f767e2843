/** Keyboard: what counts as typing, and how a shortcut is written down. */
export const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);
export const MOD = isApple ? '⌘' : 'Ctrl';

/** Single letters must never fire while someone writes. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role="menu"], [role="dialog"], [role="listbox"][data-combobox]') !== null;
}

/** "mod+k", "shift+?", "j": matches the key that was pressed, whatever the keyboard layout. */
export function matches(shortcut: string, event: KeyboardEvent): boolean {
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  const mod = isApple ? event.metaKey : event.ctrlKey;
  const otherMod = isApple ? event.ctrlKey : event.metaKey;
  if (parts.includes('mod') !== mod || otherMod || event.altKey !== parts.includes('alt')) return false;
  // A sign such as ? needs Shift on most layouts, so Shift counts only for letters and named keys.
  if (/^[a-z]$|^.{2,}$/.test(key) && event.shiftKey !== parts.includes('shift')) return false;
  return event.key.toLowerCase() === key;
}

const NAMES: Record<string, string> = { mod: MOD, shift: isApple ? '⇧' : 'Shift', alt: isApple ? '⌥' : 'Alt', enter: '↵', escape: 'Esc', delete: 'Del', backspace: '⌫', arrowleft: '←', arrowright: '→', arrowup: '↑', arrowdown: '↓', f2: 'F2' };

/** "mod+k" as keys to draw: ["Ctrl", "K"]. A sequence is written with a space: "g i". */
export const keyCaps = (shortcut: string): string[] =>
  shortcut.split(/[+ ]/).map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part));
