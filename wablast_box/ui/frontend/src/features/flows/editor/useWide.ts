import { useMediaQuery } from '@mantine/hooks';

/** Drawing needs room: below this a flow is for looking at. */
export const useWide = (): boolean => useMediaQuery('(min-width: 900px)', window.innerWidth >= 900, { getInitialValueInEffect: false });
