/** What Enter does in the message box: a choice of this browser. */
import { create } from 'zustand';
import { recall, remember } from '@/lib/storage';

export const useEnterSends = create<{ sends: boolean }>(() => ({ sends: recall('enter') !== 'line' }));

export function switchEnter(): void {
  const sends = !useEnterSends.getState().sends;
  remember('enter', sends ? null : 'line');
  useEnterSends.setState({ sends });
}

interface Key {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

/** Ctrl or Cmd with Enter sends in any case. */
export const isSend = ({ key, shiftKey, ctrlKey, metaKey }: Key, sends: boolean): boolean =>
  key === 'Enter' && (ctrlKey || metaKey || (sends && !shiftKey));
