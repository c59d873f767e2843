/** Pins of a flow: kept with this browser until one signs out. They may hold what customers said, so they never leave it with the drawing. */
import { useEffect } from 'react';
import { recall, remember } from '@/lib/storage';
import { useEditorStore } from '../graph/context';
import type { Pin } from '../graph/types';

const nameOf = (flowId: string): string => `draft.flow-pins.${flowId}`;

/** Brings back what was pinned, and keeps what changes. */
export function useKeptPins(flowId: string): void {
  const store = useEditorStore();
  useEffect(() => {
    store.setState({ pins: readPins(recall(nameOf(flowId))) });
    return store.subscribe((now, was) => {
      if (now.pins !== was.pins) remember(nameOf(flowId), Object.keys(now.pins).length > 0 ? JSON.stringify(now.pins) : null);
    });
  }, [flowId, store]);
}

export function readPins(kept: string | null): Record<string, Pin> {
  try {
    const read: unknown = JSON.parse(kept ?? '{}');
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Record<string, Pin>) : {};
  } catch {
    return {};
  }
}

/** The pins with one part of a step's pin changed; a pin without parts is none. */
export function withPin(pins: Readonly<Record<string, Pin>>, node: string, part: Partial<Pin>): Record<string, Pin> {
  const { [node]: was, ...others } = pins;
  const changed = Object.fromEntries(Object.entries({ ...was, ...part }).filter(([, value]) => value !== undefined));
  return Object.keys(changed).length > 0 ? { ...others, [node]: changed } : others;
}

export const answersOf = (pin: Pin | undefined): boolean => pin !== undefined && ('answer' in pin || 'error' in pin || 'status' in pin);

/** JSON, or else the words themselves; null where JSON was begun and does not end well. */
export function readAnswer(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return /^\s*[[{"]/.test(text) ? null : { value: text };
  }
}
