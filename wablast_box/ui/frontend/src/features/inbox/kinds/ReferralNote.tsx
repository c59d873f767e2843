import { IconExternalLink } from '@/design/icons';
import { t } from '@/lib/i18n';
import { type Body, body, text } from '../content';
import { address } from '../markup';
import classes from './Kinds.module.css';

interface ReferralNoteProps {
  content: Body;
}

/** The ad or post that a conversation began with. */
export function ReferralNote({ content }: ReferralNoteProps) {
  const referral = body(content['referral']);
  const source = text(referral['source_url']);
  const headline = text(referral['headline']) || text(referral['body']);
  if (!source && !headline) return null;
  const href = /^https?:/i.test(source) ? address(source) : null;
  return (
    <span className={classes.referral}>
      <small>{t('inbox.referral.title')}</small>
      {headline ? <span dir="auto">{headline}</span> : null}
      {href ? <a href={href} target="_blank" rel="noopener noreferrer nofollow">{new URL(href).host} <IconExternalLink size={11} aria-hidden /></a> : null}
    </span>
  );
}
