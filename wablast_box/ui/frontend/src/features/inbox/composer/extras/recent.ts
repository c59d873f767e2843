/** The emoji that this browser used last. */
import { recall, remember } from '@/lib/storage';

const MOST = 16;
const NAME = 'emoji';

export const recent = (): string[] => (recall(NAME) ?? '').split(' ').filter(Boolean);

export function used(sign: string): void {
  remember(NAME, [sign, ...recent().filter((one) => one !== sign)].slice(0, MOST).join(' '));
}
