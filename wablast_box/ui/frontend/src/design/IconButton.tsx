import { ActionIcon, Tooltip } from '@mantine/core';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import { Keys } from './Keys';

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

export function IconButton({ label, keys, pressed, filled, size = 28, side = 'bottom', type = 'button', children, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={keys ? <Keys before={label} shortcut={keys} /> : label} position={side}>
      <ActionIcon
        type={type}
        size={size}
        variant={filled ? 'filled' : pressed ? 'light' : 'subtle'}
        color={filled || pressed ? 'pine' : 'gray'}
        aria-label={label}
        aria-pressed={pressed}
        {...rest}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
