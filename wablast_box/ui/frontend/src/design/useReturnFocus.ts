import { useEffect } from 'react';

/** Whoever closes a sheet or a question stands again where they were, also when it is taken away whole. */
export function useReturnFocus(opened: boolean): void {
  useEffect(() => {
    const before = document.activeElement;
    if (!opened || !(before instanceof HTMLElement)) return undefined;
    return () => { requestAnimationFrame(() => { before.focus({ preventScroll: true }); }); };
  }, [opened]);
}
