/** What was typed and not accepted yet. Kept in the memory of this window only: secrets are never written down here. */
import { create } from 'zustand';
import type { Setup } from '@/api/types';
import { checkOf, type Credential, CREDENTIALS } from './steps';
import type { NumberChange } from './queries';

export type Typed = Partial<Record<Credential, string>>;

interface Drafts {
  typed: Typed;
  /** What the box was asked about last: a check speaks of this, not of what is typed since. */
  sent: Typed;
  /** The verify token made here; the box cannot show it again, Meta's page wants it. */
  verifyToken: string | null;
}

const EMPTY: Drafts = { typed: {}, sent: {}, verifyToken: null };

export const useDrafts = create<Drafts>(() => EMPTY);

export const forgetDrafts = (): void => { useDrafts.setState(EMPTY); };

export function write(name: Credential, value: string | undefined): void {
  useDrafts.setState(({ typed }) => ({ typed: { ...typed, [name]: value } }));
}

export function makeVerifyToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_');
}

/** What would be sent: everything typed that is not what is stored already. */
export function changesOf(setup: Setup, typed: Typed): NumberChange {
  const changed = CREDENTIALS.filter((name) => {
    const value = typed[name]?.trim();
    return value && value !== setup.number[name];
  });
  return Object.fromEntries(changed.map((name) => [name, typed[name]?.trim()]));
}

/** After the box answered: what it took is forgotten here, what is wrong stays to be mended. */
export function settle(setup: Setup, sent: NumberChange): void {
  useDrafts.setState(({ typed, verifyToken }) => ({
    typed: Object.fromEntries(Object.entries(typed).filter(([name]) => checkOf(setup, name)?.ok === false)),
    sent: { ...sent },
    verifyToken: sent.verify_token ?? verifyToken,
  }));
}

/** May this check still be shown, or was the field changed since? */
export const isFresh = (name: Credential, { typed, sent }: Pick<Drafts, 'typed' | 'sent'>): boolean =>
  typed[name] === undefined || typed[name].trim() === sent[name];
