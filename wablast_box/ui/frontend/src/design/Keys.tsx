import { keyCaps } from '@/lib/keys';
import classes from './Keys.module.css';

interface KeysProps {
  shortcut: string;
  before?: string;
}

/** A shortcut drawn as keys: Ctrl K. */
export function Keys({ shortcut, before }: KeysProps) {
  return (
    <span className={classes.keys}>
      {before}
      {keyCaps(shortcut).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}
