import { Menu, type MenuProps } from '@mantine/core';
import { cloneElement, type ComponentPropsWithRef, type ReactElement, type ReactNode, useState } from 'react';
import { flushSync } from 'react-dom';

interface AskedMenuProps extends Pick<MenuProps, 'position' | 'width' | 'offset'> {
  /** The button that opens it. */
  target: ReactElement<ComponentPropsWithRef<'button'>>;
  children: ReactNode;
}

/** The button is made anew around the menu: the focus stays on it. */
export const keepFocus = (node: HTMLButtonElement | null): void => { node?.focus({ preventScroll: true }); };

/** A menu that is made for whoever presses its button: most conversations are left without anybody doing so. */
export function AskedMenu({ target, children, ...where }: AskedMenuProps) {
  const [asked, setAsked] = useState(false);
  const [open, setOpen] = useState(false);
  if (!asked) {
    return cloneElement(target, {
      'aria-haspopup': 'menu', 'aria-expanded': false,
      onClick: () => {
        // First made, then opened: what is open from the start does not know where the focus came from.
        flushSync(() => { setAsked(true); });
        setOpen(true);
      },
    });
  }
  return (
    <Menu {...where} opened={open} onChange={setOpen}>
      <Menu.Target>{cloneElement(target, { ref: keepFocus })}</Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
