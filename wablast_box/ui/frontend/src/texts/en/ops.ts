export const ops = {} as const;
