/** What of a flow's figures is shown: in the address, so that a colleague gets the same. */
export interface FiguresSearch {
  days?: string;
  version?: string;
}

export const PERIODS = [7, 30, 90, 365];
const USUAL = 30;

const whole = (value: unknown): number | undefined => (Number.isInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined);

export function figuresSearch(search: Record<string, unknown>): FiguresSearch {
  const [days, version] = [whole(search['days']), whole(search['version'])];
  return {
    days: days !== undefined && PERIODS.includes(days) && days !== USUAL ? String(days) : undefined,
    version: version === undefined ? undefined : String(version),
  };
}

export const daysOf = (search: FiguresSearch): number => whole(search.days) ?? USUAL;
export const versionOf = (search: FiguresSearch): number | undefined => whole(search.version);
