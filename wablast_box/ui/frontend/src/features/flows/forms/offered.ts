import { createContext, useContext } from 'react';
import type { Offered } from '../graph/variables';

export const OfferedContext = createContext<readonly Offered[]>([]);
/** Secrets, which may stand only where a request leaves the box. */
export const SecretsContext = createContext<readonly Offered[]>([]);

/** What may stand in a field of the step that is being edited. */
export function useOffered(withSecrets = false): readonly Offered[] {
  const variables = useContext(OfferedContext);
  const secrets = useContext(SecretsContext);
  return withSecrets ? [...variables, ...secrets] : variables;
}
