import { useCallback } from 'react';
import { create } from 'zustand';
import { recall, remember } from '@/lib/storage';

const ROOMY = 1180;

const useOpen = create<{ open: boolean }>(() => ({ open: (recall('phone') ?? (window.innerWidth >= ROOMY ? 'open' : 'closed')) === 'open' && window.innerWidth > 760 }));

export function setPhone(open: boolean): void {
  remember('phone', open ? 'open' : 'closed');
  useOpen.setState({ open });
}

/** Whether the demo's pretend phone stands beside the page. Remembered; closed at first where there is no room. */
export function usePhone(): { open: boolean; toggle: () => void } {
  const open = useOpen((state) => state.open);
  const toggle = useCallback(() => { setPhone(!open); }, [open]);
  return { open, toggle };
}
