import { Navigate } from '@tanstack/react-router';

const WIDE = '(min-width: 761px)';

/** On a wide screen the menu always stands beside a page; on a phone the menu is the page. */
export const SettingsHome = () => (window.matchMedia(WIDE).matches ? <Navigate to="/settings/account" replace /> : null);
