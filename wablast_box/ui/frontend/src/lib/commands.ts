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

interface Registry {
  lists: Map<symbol, Command[]>;
  singleKeys: boolean;
  barOpen: boolean;
  helpOpen: boolean;
}

export const useRegistry = create<Registry>(() => ({
  lists: new Map(),
  singleKeys: recall('single-keys') !== 'off',
  barOpen: false,
  helpOpen: false,
}));

export const allCommands = (lists: Map<symbol, Command[]>): Command[] => [...lists.values()].flat();

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
