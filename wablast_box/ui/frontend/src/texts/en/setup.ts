export const setup = {
  needed: 'This box is not set up yet',
  neededHelp: 'Open the one-time link that wablast-box printed when it started.',
} as const;
