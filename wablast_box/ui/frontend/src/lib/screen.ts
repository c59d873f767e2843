/** Beyond this width list and conversation stand side by side; the style sheets break at the same point. */
const PHONE = 760;

export const isWide = (): boolean => window.innerWidth > PHONE;
