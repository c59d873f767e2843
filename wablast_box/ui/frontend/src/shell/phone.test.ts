import { beforeAll, expect, test, vi } from 'vitest';

beforeAll(() => { vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined })); });

test('the pretend phone is told the zone of the business', async () => {
  const { phoneAddress } = await import('./phone');

  expect(phoneAddress('/simulator/phone', 'Asia/Kolkata')).toBe('/simulator/phone?zone=Asia%2FKolkata');
  expect(phoneAddress('/simulator/phone', undefined)).toBe('/simulator/phone');
});
