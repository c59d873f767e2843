/** What a browser says of itself, in words: "Chrome on Android". */
import { t } from '@/lib/i18n';

// Order matters: Edge and Opera also say Chrome, Chrome also says Safari, Android also says Linux.
const BROWSERS: [RegExp, string][] = [[/Edg/, 'Edge'], [/OPR|Opera/, 'Opera'], [/SamsungBrowser/, 'Samsung Internet'], [/Firefox|FxiOS/, 'Firefox'], [/Chrome|CriOS|Chromium/, 'Chrome'], [/Safari/, 'Safari']];
const SYSTEMS: [RegExp, string][] = [[/Android/, 'Android'], [/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Windows/, 'Windows'], [/Mac OS X|Macintosh/, 'Mac'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux']];

const first = (names: [RegExp, string][], agent: string): string | undefined => names.find(([sign]) => sign.test(agent))?.[1];

export function deviceName(agent: string | null): string {
  const browser = first(BROWSERS, agent ?? '') ?? t('team.account.unknownBrowser');
  const system = first(SYSTEMS, agent ?? '') ?? t('team.account.unknownSystem');
  return t('team.account.device', { browser, system });
}

export const isHandheld = (agent: string | null): boolean => /Android|iPhone|iPad/.test(agent ?? '');
