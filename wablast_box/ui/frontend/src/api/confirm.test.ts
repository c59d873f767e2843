import { expect, test, vi } from 'vitest';
import { confirmed, useAsking } from './confirm';
import { toApiError } from './errors';

const refusal = () => toApiError(403, { error: { code: 'confirm_needed', message: 'Confirm that it is you.' } });

test('a call that wants a fresh password runs again once it was typed', async () => {
  const call = vi.fn().mockRejectedValueOnce(refusal()).mockResolvedValueOnce('done');

  const result = confirmed(call);
  await vi.waitUntil(() => useAsking.getState().settle);
  useAsking.getState().settle?.(true);

  expect(await result).toBe('done');
  expect(useAsking.getState().settle).toBeNull();
});

test('a person who thinks better of it has done nothing', async () => {
  const call = vi.fn().mockRejectedValue(refusal());

  const result = confirmed(call);
  const outcome = expect(result).rejects.toThrow('Confirm that it is you.');
  await vi.waitUntil(() => useAsking.getState().settle);
  useAsking.getState().settle?.(false);

  await outcome;
  expect(call).toHaveBeenCalledTimes(1);
});

test('any other refusal is not asked about', async () => {
  await expect(confirmed(() => Promise.reject(toApiError(409, null)))).rejects.toThrow();
  expect(useAsking.getState().settle).toBeNull();
});
