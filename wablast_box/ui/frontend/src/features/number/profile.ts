/** What WhatsApp takes in a profile, and what was really changed. */
import type { BusinessProfile } from '@/api/types';
import { number } from '@/texts/en/number';
import type { ProfileChange } from './queries';

export const LIMITS = { about: 139, address: 256, description: 512, email: 128 } as const;
export const VERTICALS = Object.keys(number.profile.verticals) as (keyof typeof number.profile.verticals)[];

/** Only real changes: what was typed back to what it was is none. An empty second website is no website. */
export function changesIn(stored: BusinessProfile, draft: ProfileChange): ProfileChange {
  const { websites, ...texts } = draft;
  const changed = Object.fromEntries(Object.entries(texts).filter(([name, value]) => stored[name as keyof BusinessProfile] !== value));
  const sites = websites?.map((site) => site.trim()).filter(Boolean);
  return sites && sites.join('\n') !== stored.websites.join('\n') ? { ...changed, websites: sites } : changed;
}

export function withWebsite(websites: readonly string[], at: 0 | 1, site: string): string[] {
  return [0, 1].map((place) => (place === at ? site : (websites[place] ?? '')));
}
