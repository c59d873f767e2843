import { Button as MantineButton, type ButtonProps as MantineButtonProps } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';

type Kind = 'primary' | 'quiet' | 'danger' | 'link';

export interface ButtonProps
  extends Pick<MantineButtonProps, 'leftSection' | 'rightSection' | 'loading' | 'fullWidth' | 'size'>,
    Omit<ComponentPropsWithRef<'button'>, 'color'> {
  kind?: Kind;
}

const LOOKS: Record<Kind, MantineButtonProps> = {
  primary: { variant: 'filled', color: 'pine' },
  quiet: { variant: 'default' },
  danger: { variant: 'filled', color: 'clay' },
  link: { variant: 'subtle', color: 'pine', px: 6 },
};

export function Button({ kind = 'primary', type = 'button', ...rest }: ButtonProps) {
  return <MantineButton type={type} {...LOOKS[kind]} {...rest} />;
}
