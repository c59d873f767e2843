/** The one list of things a person can do. The command bar, the shortcuts and the help sheet all read it. */
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { create } from 'zustand';
import { recall, remember } from './storage';

export interface Command {
  id: string;
  group: string;
  title: string;
  run: () => void;
  icon?: ReactNode;
  /** "mod+k", "j", or a sequence: "g i". */
  keys?: string;
  /** Keyboard only: it would make no sense as a line in the command bar. */
  hidden?: boolean;
}

/** Keys that somebody chose for themselves, by command; null: none. */
type Bindings = Readonly<Record<string, string | null>>;

interface Registry {
  bindings: Bindings;
  lists: Map<symbol, Command[]>;
  singleKeys: boolean;
  barOpen: boolean;
  helpOpen: boolean;
}

export const useRegistry = create<Registry>(() => ({
  bindings: storedBindings(),
  lists: new Map(),
  singleKeys: recall('single-keys') !== 'off',
  barOpen: false,
  helpOpen: false,
}));

/** Every command of this screen, with the keys that are in force. */
export function allCommands(lists: Map<symbol, Command[]>): Command[] {
  const { bindings } = useRegistry.getState();
  return [...lists.values()].flat().map((command) => withKeys(command, bindings));
}

function withKeys(command: Command, bindings: Bindings): Command {
  const own = bindings[command.id];
  if (own === undefined) return command;
  if (own !== null) return { ...command, keys: own };
  const without = { ...command };
  delete without.keys;
  return without;
}

function storedBindings(): Bindings {
  try {
    const stored: unknown = JSON.parse(recall('keys') ?? '{}');
    return typeof stored === 'object' && stored !== null ? Object.fromEntries(Object.entries(stored).filter(([, keys]) => keys === null || typeof keys === 'string')) : {};
  } catch {
    return {};
  }
}

/** Gives a command other keys (null: none; undefined: those it came with). */
export function bind(id: string, keys: string | null | undefined): void {
  const others = Object.entries(useRegistry.getState().bindings).filter(([other]) => other !== id);
  setBindings(Object.fromEntries(keys === undefined ? others : [...others, [id, keys]]));
}

export function setBindings(bindings: Bindings): void {
  remember('keys', Object.keys(bindings).length > 0 ? JSON.stringify(bindings) : null);
  useRegistry.setState({ bindings });
}

/** The keys of a command as they are now, to be shown beside it. */
export const useKeysOf = (id: string, usual: string): string | null => {
  const own = useRegistry((state) => state.bindings[id]);
  return own === undefined ? usual : own;
};

/** The same where only the usual keys are known: of the command on this screen that came with them. */
export const useShownKeys = (usual: string): string | null => useRegistry(({ bindings, lists }) => {
  const command = [...lists.values()].flat().find((one) => one.keys === usual);
  const own = command && bindings[command.id];
  return own === undefined ? usual : own;
});

/** Puts commands in the list for as long as the part of the screen that offers them is there. */
export function useCommands(commands: Command[]): void {
  useEffect(() => {
    const key = Symbol('commands');
    useRegistry.setState(({ lists }) => ({ lists: new Map(lists).set(key, commands) }));
    return () => {
      useRegistry.setState(({ lists }) => {
        const left = new Map(lists);
        left.delete(key);
        return { lists: left };
      });
    };
  }, [commands]);
}

export const openBar = (): void => { useRegistry.setState({ barOpen: true }); };
export const closeBar = (): void => { useRegistry.setState({ barOpen: false }); };
export const setHelp = (helpOpen: boolean): void => { useRegistry.setState({ helpOpen }); };

/** People who dictate or use switches can turn single letters off (WCAG 2.1.4). */
export function setSingleKeys(singleKeys: boolean): void {
  remember('single-keys', singleKeys ? null : 'off');
  useRegistry.setState({ singleKeys });
}
