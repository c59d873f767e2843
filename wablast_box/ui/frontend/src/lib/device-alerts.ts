/** What this browser does when something happens. Remembered here, not at the box: a phone and a counter differ. */
import { recall, remember } from './storage';

export const isSoundOn = (): boolean => recall('sound') !== 'off';
export const setSound = (on: boolean): void => { remember('sound', on ? null : 'off'); };

/** The number under which the box knows this browser, while it is told of news. */
export const deviceId = (): string | null => recall('push-device');
export const rememberDevice = (id: string | null): void => { remember('push-device', id); };
