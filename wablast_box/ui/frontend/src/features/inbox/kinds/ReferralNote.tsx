import { IconAd2, IconExternalLink, IconPhoto, IconVideo } from '@/design/icons';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { type Body, body, text } from '../content';
import { address } from '../markup';
import classes from './Kinds.module.css';

interface ReferralNoteProps {
  content: Body;
}

const ICONS = { image: IconPhoto, video: IconVideo } as const;

/** The ad or post that brought the customer. Its picture lies elsewhere and is not fetched: the link leads there. */
export function ReferralNote({ content }: ReferralNoteProps) {
  const referral = body(content['referral']);
  const source = text(referral['source_url']);
  const headline = calm(text(referral['headline']));
  const words = calm(text(referral['body']));
  const id = calm(text(referral['source_id']));
  if (!source && !headline && !words && !id) return null;
  const href = /^https?:/i.test(source) ? address(source) : null;
  const media = text(referral['media_type']);
  const Icon = media === 'image' || media === 'video' ? ICONS[media] : IconAd2;
  return (
    <aside className={classes.referral}>
      <span className={classes.adSign}><Icon size={20} stroke={1.5} aria-hidden /></span>
      <span>
        <small>{t(text(referral['source_type']) === 'post' ? 'thread.referral.post' : 'thread.referral.ad')}</small>
        {headline ? <b dir="auto">{headline}</b> : null}
        {words ? <span dir="auto">{words}</span> : null}
        <span className={classes.adFoot}>
          {href ? <a href={href} target="_blank" rel="noopener noreferrer nofollow">{new URL(href).host} <IconExternalLink size={11} aria-hidden /></a> : null}
          {id ? <code title={text(referral['ctwa_clid']) ? `${t('thread.referral.click')}: ${calm(text(referral['ctwa_clid']))}` : undefined}>{t('thread.referral.id', { id })}</code> : null}
        </span>
      </span>
    </aside>
  );
}
