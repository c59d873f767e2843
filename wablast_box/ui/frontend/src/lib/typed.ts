import { useState } from 'react';

/** What is left of a draft once `sent` was saved: what was typed while the box still answered. */
export const typedSince = <D extends object>(draft: D, sent: object): D =>
  Object.fromEntries(Object.entries(draft).filter(([name, value]) => !Object.is(Reflect.get(sent, name), value))) as D;

/** What stands in a form: what was typed, and else what the box keeps, also when a colleague changes that meanwhile. */
export function useTyped<D extends object>(stored: D) {
  const [typed, setTyped] = useState<Partial<D>>({});
  return {
    shown: { ...stored, ...typed },
    isChanged: Object.entries(typed).some(([name, value]) => !Object.is(Reflect.get(stored, name), value)),
    type: (part: Partial<D>) => { setTyped((before) => ({ ...before, ...part })); },
    /** The box took this. */
    taken: (sent: object) => { setTyped((now) => typedSince(now, sent)); },
  };
}
