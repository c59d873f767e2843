import { createContext, useContext } from 'react';
import type { Offered } from '../graph/variables';

export const OfferedContext = createContext<readonly Offered[]>([]);

/** The variables that may stand in the step that is being edited. */
export const useOffered = (): readonly Offered[] => useContext(OfferedContext);
