import { useSession } from '@/api/session';
import { Markup } from '@/features/inbox/kinds/Markup';
import { withLists } from '@/features/inbox/composer/completion';
import { t } from '@/lib/i18n';
import classes from './Replies.module.css';

interface SampleProps {
  text: string;
}

const NAME = 'Kabir Mehta';

/** The reply as a customer would see it. Only a picture: the box itself fills in what is sent. */
export function Sample({ text }: SampleProps) {
  const { user, business } = useSession();
  const agent = user?.name ?? '';
  const values: Record<string, string> = {
    'contact.name': NAME, 'contact.first_name': NAME.split(' ')[0] ?? '', 'agent.name': agent, 'agent.first_name': agent.split(' ')[0] ?? '', 'business.name': business?.name ?? '',
  };
  const filled = text.replace(/\{\{\s*([\w.]+)[^{}]*\}\}/g, (whole, name: string) => values[name] || whole);
  return (
    <section className={classes.sample} aria-label={t('composer.canned.preview')}>
      <h3>{t('composer.canned.preview')}</h3>
      <div><p><Markup text={withLists(filled)} /></p></div>
    </section>
  );
}
