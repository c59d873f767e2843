import { type TouchEvent, useRef, useState } from 'react';

const DECIDED = 10;
const FAR = 56;
const MOST = 84;

export interface Swipe {
  /** A finger draws the message aside now; `ready`: letting go quotes it. */
  swiping: 'ready' | 'begun' | undefined;
  handlers: Partial<Record<'onTouchStart' | 'onTouchMove' | 'onTouchEnd' | 'onTouchCancel', (event: TouchEvent<HTMLElement>) => void>>;
}

/** A finger that draws a message to the right quotes it; up and down it scrolls. Null: there is nothing to quote. */
export function useSwipe(onSwipe: (() => void) | null): Swipe {
  const from = useRef<{ x: number; y: number; aside: boolean | null } | null>(null);
  const [swiping, setSwiping] = useState<Swipe['swiping']>(undefined);
  if (onSwipe === null) return { swiping: undefined, handlers: {} };
  const handleStart = ({ touches }: TouchEvent<HTMLElement>) => {
    const touch = touches[0];
    from.current = touch && touches.length === 1 ? { x: touch.clientX, y: touch.clientY, aside: null } : null;
  };
  const handleMove = ({ touches, currentTarget: node }: TouchEvent<HTMLElement>) => {
    const begun = from.current;
    const touch = touches[0];
    if (!begun || !touch || begun.aside === false) return;
    const [x, y] = [touch.clientX - begun.x, touch.clientY - begun.y];
    if (begun.aside === null) {
      if (Math.max(Math.abs(x), Math.abs(y)) < DECIDED) return;
      begun.aside = x > Math.abs(y) * 1.4;
      if (!begun.aside) return;
    }
    node.style.transform = `translateX(${String(Math.max(0, Math.min(x, MOST)))}px)`;
    setSwiping(x >= FAR ? 'ready' : 'begun');
  };
  const handleEnd = ({ type, currentTarget: node }: TouchEvent<HTMLElement>) => {
    from.current = null;
    node.style.transform = '';
    setSwiping(undefined);
    if (swiping === 'ready' && type === 'touchend') onSwipe();
  };
  return { swiping, handlers: { onTouchStart: handleStart, onTouchMove: handleMove, onTouchEnd: handleEnd, onTouchCancel: handleEnd } };
}
