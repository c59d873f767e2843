import { useEffect } from 'react';
import { t } from '@/lib/i18n';

/** How many wait, on the tab, on its picture, and on the app's icon where there is one. */
export function useBadge(unread: number): void {
  useEffect(() => {
    document.title = unread ? t('shell.tabUnread', { count: unread }) : t('common.product');
    document.querySelector('link[rel=icon]')?.setAttribute('href', unread ? '/icon-unread.svg' : '/icon.svg');
    if ('setAppBadge' in navigator) void navigator.setAppBadge(unread).catch(() => undefined);
  }, [unread]);
}
