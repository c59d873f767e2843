import { useCallback } from 'react';
import { create } from 'zustand';
import { recall, remember } from '@/lib/storage';

const narrow = window.matchMedia('(max-width: 760px)');
const roomy = window.matchMedia('(min-width: 1180px)');

const wished = (): boolean => (recall('phone') ?? (roomy.matches ? 'open' : 'closed')) === 'open';

const useOpen = create<{ open: boolean }>(() => ({ open: !narrow.matches && wished() }));

// On a narrow screen it would cover everything, so there it opens only when asked for.
narrow.addEventListener('change', () => { useOpen.setState({ open: !narrow.matches && wished() }); });

export function setPhone(open: boolean): void {
  if (!narrow.matches) remember('phone', open ? 'open' : 'closed');
  useOpen.setState({ open });
}

/** Whether the demo's pretend phone stands beside the page. Remembered; closed at first where there is no room. */
export function usePhone(): { open: boolean; toggle: () => void } {
  const open = useOpen((state) => state.open);
  const toggle = useCallback(() => { setPhone(!open); }, [open]);
  return { open, toggle };
}

/** Both sides of a chat show the same time: the phone is told the business's zone. */
export function phoneAddress(url: string, zone: string | undefined): string {
  return zone ? `${url}?${new URLSearchParams({ zone }).toString()}` : url;
}
