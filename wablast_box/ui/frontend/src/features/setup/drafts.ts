/** What was typed and not accepted yet. Kept in the memory of this window only: secrets are never written down here. */
import { create } from 'zustand';
import type { Setup } from '@/api/types';
import { type Credential, CREDENTIALS } from './steps';
import type { NumberChange } from './queries';

export type Typed = Partial<Record<Credential, string>>;

interface Drafts {
  typed: Typed;
  /** What the box was asked about last. */
  sent: Typed;
  /** The verify token made here; the box cannot show it again, Meta's page wants it. */
  verifyToken: string | null;
  /** Who typed it: nobody else who signs in at this window sees it. */
  by: string | null;
}

const EMPTY: Drafts = { typed: {}, sent: {}, verifyToken: null, by: null };

export const useDrafts = create<Drafts>(() => EMPTY);

export const forgetDrafts = (): void => { useDrafts.setState(EMPTY); };

/** These are the drafts of this person; what somebody else left behind is forgotten. */
export function claimDrafts(by: string): void {
  if (useDrafts.getState().by !== by) useDrafts.setState({ ...EMPTY, by });
}

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

/** What the box is asked about now: a refusal speaks of this, not of what is typed since. */
export function ask(sent: NumberChange): void {
  useDrafts.setState({ sent });
}

/** The box took it: nothing of it has to be kept here, except the token that Meta's own page may ask for. */
export function settle(): void {
  useDrafts.setState(({ sent, verifyToken }) => ({ typed: {}, sent: {}, verifyToken: sent.verify_token ?? verifyToken }));
}

/** Does a refusal still speak of what stands in this field? */
export const isFresh = (name: Credential, { typed, sent }: Pick<Drafts, 'typed' | 'sent'>): boolean => typed[name]?.trim() === sent[name];
