/** What was changed in a form of settings and not saved yet. */
import type { Setting } from '@/api/types';

export type Draft = Record<string, unknown>;

/** Only real changes: a value typed back to what it was is none. */
export function changesIn(settings: readonly Setting[], draft: Draft): Draft {
  const changed = settings.filter((setting) => setting.name in draft && draft[setting.name] !== setting.value);
  return Object.fromEntries(changed.map((setting) => [setting.name, draft[setting.name]]));
}

export const valueOf = (setting: Setting, draft: Draft): unknown => (setting.name in draft ? draft[setting.name] : setting.value);
