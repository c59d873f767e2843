/** What of a flow's figures is shown: in the address, so that a colleague gets the same. */
export interface FiguresSearch {
  days?: number;
  version?: number;
}

export const PERIODS = [7, 30, 90, 365];
const USUAL = 30;

const whole = (value: unknown): number | undefined => (Number.isInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined);

export function figuresSearch(search: Record<string, unknown>): FiguresSearch {
  const days = whole(search['days']);
  return { days: days !== undefined && PERIODS.includes(days) && days !== USUAL ? days : undefined, version: whole(search['version']) };
}

export const daysOf = (search: FiguresSearch): number => search.days ?? USUAL;
