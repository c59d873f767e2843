import { CopyText } from '@/design/CopyText';
import { t } from '@/lib/i18n';
import classes from './Setup.module.css';

/** What to do when the box has no address on the internet: the three ways that work, with the command of each. */
export function Unreachable() {
  const here = window.location.host;
  const ways = [
    { key: 'proxy', command: `caddy reverse-proxy --from box.example.com --to ${here}` },
    { key: 'tunnel', command: `cloudflared tunnel --url http://${here}` },
    { key: 'demo', command: 'wablast-box demo' },
  ] as const;
  return (
    <details className={classes.more}>
      <summary>{t('setup.webhook.unreachable')}</summary>
      <p>{t('setup.webhook.unreachableHelp', { here })}</p>
      <ul className={classes.ways}>
        {ways.map(({ key, command }) => {
          const title = t(`setup.webhook.ways.${key}Title`);
          return (
            <li key={key}>
              <strong>{title}</strong>
              <p>{t(`setup.webhook.ways.${key}`)}</p>
              <CopyText text={command} label={title} />
            </li>
          );
        })}
      </ul>
    </details>
  );
}
