/** The steps of the set-up, and which of them is next. The box's own state decides, so that one can leave and come back. */
import type { Check, Setup } from '@/api/types';

export const STEPS = ['owner', 'number', 'webhook', 'proof'] as const;
export type Step = (typeof STEPS)[number];

export const CREDENTIALS = ['access_token', 'phone_number_id', 'waba_id', 'app_secret', 'verify_token'] as const;
export type Credential = (typeof CREDENTIALS)[number];

export const isCredential = (name: string): name is Credential => CREDENTIALS.some((credential) => credential === name);

export const checkOf = (setup: Setup, name: string): Check | undefined => setup.checks.find((check) => check.name === name);

export function isStored(setup: Setup, name: Credential): boolean {
  const stored = setup.number[name];
  return typeof stored === 'object' && stored !== null ? stored.set : Boolean(stored);
}

/** All five are there and Meta refused none of them. What could not be checked may be right. */
export const isNumberReady = (setup: Setup): boolean =>
  CREDENTIALS.every((name) => isStored(setup, name) && checkOf(setup, name)?.ok !== false);

/** Meta was asked about each of them, and said yes. The verify token is ours: Meta knows nothing of it. */
export const isAccepted = (setup: Setup): boolean =>
  CREDENTIALS.every((name) => name === 'verify_token' || checkOf(setup, name)?.ok === true);

export const isSubscribed = (setup: Setup): boolean => checkOf(setup, 'subscription')?.ok === true;

export function isDone(setup: Setup, step: Step): boolean {
  if (step === 'owner') return true;
  if (step === 'number') return isNumberReady(setup);
  // A message that came in proves the way, whatever Meta says of its subscriptions.
  if (step === 'webhook') return isNumberReady(setup) && (isSubscribed(setup) || setup.proof.received_at !== null);
  return setup.proof.received_at !== null && setup.proof.sent_at !== null;
}

export const nextStep = (setup: Setup): Step => STEPS.find((step) => !isDone(setup, step)) ?? 'proof';

/** The step that the address asks for, if one can be there already. */
export function stepAt(setup: Setup, asked: string | undefined): Step {
  const wanted = STEPS.find((step) => step === asked && step !== 'owner');
  return wanted ?? nextStep(setup);
}
