/** Is the first frame of this component on the screen? What is not needed to read or to type may wait for it. */
import { useDeferredValue } from 'react';

export const useLater = (): boolean => useDeferredValue(true, false);
