import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { t } from '@/lib/i18n';

export function InboxPage() {
  return <Page><PageHeader title={t('inbox.title')} /></Page>;
}
