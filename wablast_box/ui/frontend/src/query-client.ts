import { ApiError } from '@/api/errors';
import { AskingClient } from './asking';
import { forgetUnused } from './forgetting';

/** A refusal stays a refusal; only what never reached the box, or found it busy, is worth asking again. */
const worthAskingAgain = (count: number, error: unknown): boolean =>
  count < 2 && (!(error instanceof ApiError) || error.isOffline || error.status >= 502);

export const queryClient = new AskingClient({
  defaultOptions: {
    // The box may be on this very computer: it answers although the browser says "offline".
    queries: { staleTime: 60_000, refetchOnWindowFocus: false, networkMode: 'always', retry: worthAskingAgain },
    mutations: { networkMode: 'always', retry: false },
  },
});

forgetUnused(queryClient.getQueryCache());
