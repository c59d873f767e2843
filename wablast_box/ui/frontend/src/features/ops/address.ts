/** What the address of the raw log says: what it is narrowed to, which webhook is open. */
import { STATES, type WebhookState } from './queries';

export interface WebhooksSearch {
  state?: WebhookState;
  kind?: string;
  from?: string;
  to?: string;
  q?: string;
  event?: string;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined);
const day = (value: unknown): string | undefined => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined);

export const webhooksSearch = (search: Record<string, unknown>): WebhooksSearch => ({
  state: STATES.find((state) => state === search['state']),
  kind: text(search['kind']),
  from: day(search['from']),
  to: day(search['to']),
  q: text(search['q']),
  event: text(search['event']),
});

export const isNarrowed = ({ kind, from, to, q }: WebhooksSearch): boolean => Boolean(kind ?? from ?? to ?? q);
