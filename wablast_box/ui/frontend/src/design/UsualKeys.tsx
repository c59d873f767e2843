import { useShownKeys } from '@/lib/commands';
import { Keys } from './Keys';

interface UsualKeysProps {
  /** What a command comes with. */
  usual: string;
  before?: string;
}

/** The keys of a command as they are for whoever sits here: other ones, or none, if they chose so. */
export function UsualKeys({ usual, before }: UsualKeysProps) {
  const keys = useShownKeys(usual);
  return keys === null ? before : <Keys before={before} shortcut={keys} />;
}
