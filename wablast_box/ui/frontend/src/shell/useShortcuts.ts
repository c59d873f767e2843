import { useEffect } from 'react';
import { allCommands, type Command, useRegistry } from '@/lib/commands';
import { isTyping, matches } from '@/lib/keys';

const SEQUENCE_MS = 900;

/** Hears every key once and runs the command that claims it. */
export function useShortcuts(): void {
  useEffect(() => {
    let first: string | null = null;
    let timer = 0;
    const wait = (key: string | null) => {
      first = key;
      window.clearTimeout(timer);
      if (key) timer = window.setTimeout(() => { first = null; }, SEQUENCE_MS);
    };
    const handleKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const { lists, singleKeys } = useRegistry.getState();
      const found = claim(allCommands(lists), event, first, singleKeys && !isTyping(event.target));
      wait(found === 'more' ? event.key.toLowerCase() : null);
      if (!found || found === 'more') return;
      event.preventDefault();
      found.run();
    };
    window.addEventListener('keydown', handleKey);
    return () => { window.removeEventListener('keydown', handleKey); };
  }, []);
}

/** The command for this key; "more" when it begins a sequence. Later registrations win: the part in front comes last. */
export function claim(commands: Command[], event: KeyboardEvent, first: string | null, letters: boolean): Command | 'more' | undefined {
  let begins = false;
  for (const command of commands.toReversed()) {
    const keys = command.keys;
    if (!keys || (!keys.includes('mod') && !letters)) continue;
    const [one, two] = keys.split(' ');
    if (two && one) {
      if (first === one && matches(two, event)) return command;
      begins ||= !first && matches(one, event);
    } else if (!first && matches(keys, event)) return command;
  }
  return begins ? 'more' : undefined;
}
