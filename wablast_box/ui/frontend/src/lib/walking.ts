/** Who walks from conversation to conversation by keys wants the next key to be one too: nothing may take the focus then. */
let byKeys = false;

window.addEventListener('pointerdown', () => { byKeys = false; }, { capture: true, passive: true });

export const walk = (): void => { byKeys = true; };
export const isWalking = (): boolean => byKeys;
