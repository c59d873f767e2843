/** What the address of the raw log says: which state, which webhook is open. */
import { STATES, type WebhookState } from './queries';

export interface WebhooksSearch {
  state?: WebhookState;
  event?: string;
}

export const webhooksSearch = (search: Record<string, unknown>): WebhooksSearch => ({
  state: STATES.find((state) => state === search['state']),
  event: typeof search['event'] === 'string' || typeof search['event'] === 'number' ? String(search['event']) : undefined,
});
