import { Avatar } from '@/design/Avatar';
import { IconFileText, IconNote } from '@/design/icons';
import { listTime, stampOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { readablePhone } from '@/lib/phones';
import { calm } from '@/lib/plain';
import { type Hit, keyOf } from './ask';
import { Marked } from './Marked';
import classes from './Search.module.css';

interface HitRowProps {
  hit: Hit;
  picked: boolean;
  now: number;
  onOpen: (hit: Hit) => void;
}

/** One thing that was found: whose, when, and the words around it. */
export function HitRow({ hit, picked, now, onOpen }: HitRowProps) {
  const isPerson = hit.kind === 'contact' || hit.kind === 'conversation';
  return (
    <div
      id={`hit-${keyOf(hit)}`}
      className={classes.hit}
      data-kind={hit.kind}
      role="option"
      aria-selected={picked}
      aria-disabled={hit.conversation_id === null || undefined}
      ref={picked ? (row) => { row?.scrollIntoView({ block: 'nearest' }); } : undefined}
      onClick={() => { onOpen(hit); }}
    >
      <Sign hit={hit} />
      <span className={classes.title}>
        <strong><Marked text={hit.title} highlights={hit.title_highlights ?? []} /></strong>
        {isPerson ? null : <span className={classes.author}>{author(hit)}</span>}
      </span>
      {hit.at ? <time className={classes.time} dateTime={hit.at} title={stampOf(hit.at)}>{listTime(hit.at, now)}</time> : null}
      <span className={classes.snippet}>
        {hit.conversation_id === null ? `${t('search.noChat')}  ` : null}
        {isPerson && hit.highlights.length === 0 ? <bdi>{readablePhone(hit.snippet)}</bdi> : <Marked text={hit.snippet} highlights={hit.highlights} />}
      </span>
    </div>
  );
}

interface SignProps {
  hit: Hit;
}

function Sign({ hit }: SignProps) {
  if (hit.kind === 'file') return <span className={classes.sign} aria-hidden><IconFileText size={16} stroke={1.7} /></span>;
  if (hit.kind === 'note') return <span className={classes.sign} data-note aria-hidden><IconNote size={16} stroke={1.7} /></span>;
  // The same colour as in the list: it comes from the person.
  return <Avatar name={hit.title} seed={hit.contact_id} />;
}

function author(hit: Hit): string {
  if (hit.author) return calm(hit.author);
  return hit.direction === 'out' ? t('search.from.us') : '';
}
