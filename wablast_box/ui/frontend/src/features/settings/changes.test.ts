import { expect, test } from 'vitest';
import type { Setting } from '@/api/types';
import { changesIn } from './changes';

const setting = (name: string, value: Setting['value']): Setting => ({ name, value, label: name, help: '', type: 'text', choices: null });

test('a value typed back to what it was is not a change', () => {
  const settings = [setting('business_name', 'Asha Textiles'), setting('send_rate', 80)];

  expect(changesIn(settings, { business_name: 'Asha Textiles', send_rate: 20 })).toEqual({ send_rate: 20 });
  expect(changesIn(settings, {})).toEqual({});
});

test('what the box does not know is not sent', () => {
  expect(changesIn([], { gone: 1 })).toEqual({});
});
