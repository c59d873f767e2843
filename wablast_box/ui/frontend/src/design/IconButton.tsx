import { Tooltip } from '@mantine/core';
import { useMergedRef } from '@mantine/hooks';
import { type ComponentPropsWithRef, type FocusEvent, type PointerEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { UsualKeys } from './UsualKeys';
import classes from './IconButton.module.css';

interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'color'> {
  /** Says what it does: tooltip for those who see, name for those who hear. */
  label: string;
  keys?: string;
  pressed?: boolean;
  filled?: boolean;
  size?: number;
  side?: 'top' | 'right' | 'bottom' | 'left';
  children: ReactNode;
}

/** A plain button: a conversation that opens has a dozen of them. The tooltip is made for whoever points at one. */
export function IconButton({ ref, label, keys, pressed, filled, size = 28, side = 'bottom', type = 'button', className, children, onPointerEnter, onPointerLeave, onFocus, onBlur, ...rest }: IconButtonProps) {
  const own = useRef<HTMLButtonElement>(null);
  const both = useMergedRef(own, ref);
  const [told, setTold] = useState(false);
  return (
    <>
      <button
        ref={both}
        type={type}
        className={className ? `${classes.button ?? ''} ${className}` : classes.button}
        style={{ width: size, height: size }}
        data-kind={filled ? 'filled' : pressed ? 'pressed' : undefined}
        aria-label={label}
        aria-pressed={pressed}
        onPointerEnter={(event: PointerEvent<HTMLButtonElement>) => { setTold(event.pointerType !== 'touch'); onPointerEnter?.(event); }}
        onPointerLeave={(event: PointerEvent<HTMLButtonElement>) => { setTold(false); onPointerLeave?.(event); }}
        onFocus={(event: FocusEvent<HTMLButtonElement>) => { setTold(event.currentTarget.matches(':focus-visible')); onFocus?.(event); }}
        onBlur={(event: FocusEvent<HTMLButtonElement>) => { setTold(false); onBlur?.(event); }}
        {...rest}
      >
        {children}
      </button>
      {told ? <Told target={own} side={side}>{keys ? <UsualKeys before={label} usual={keys} /> : label}</Told> : null}
    </>
  );
}

interface ToldProps {
  target: RefObject<HTMLButtonElement | null>;
  side: 'top' | 'right' | 'bottom' | 'left';
  children: ReactNode;
}

const PATIENCE_MS = 350;

function Told({ target, side, children }: ToldProps) {
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => { setOpened(true); }, PATIENCE_MS);
    return () => { window.clearTimeout(timer); };
  }, []);
  return <Tooltip target={target} opened={opened} position={side} label={children} />;
}
