import type { CSSProperties } from 'react';
import { hue, initials } from '@/lib/initials';
import classes from './Avatar.module.css';

interface AvatarProps {
  name: string;
  /** What gives the colour: an id that never changes, not the name. */
  seed: string;
  size?: 'xs' | 'sm' | 'md' | 'lg';
}

export function Avatar({ name, seed, size = 'md' }: AvatarProps) {
  const style: CSSProperties & Record<'--h', number> = { '--h': hue(seed) };
  return (
    <span className={classes.avatar} data-size={size} style={style} aria-hidden>
      {initials(name)}
    </span>
  );
}
