import { useQuery } from '@tanstack/react-query';
import { Badge } from '@/design/Badge';
import { stampOf } from '@/lib/dates';
import { plural, t } from '@/lib/i18n';
import { roundsQuery } from '../queries';
import classes from './Live.module.css';

interface RoundsProps {
  flowId: string;
}

/** The times that the clock began this flow, if there were any: with how many customers, and what was late or left out. */
export function Rounds({ flowId }: RoundsProps) {
  const rounds = useQuery(roundsQuery(flowId)).data ?? [];
  if (rounds.length === 0) return null;
  return (
    <>
      <h2>{t('flows.live.rounds')}</h2>
      <ul className={classes.rounds}>
        {rounds.slice(0, 5).map((one) => (
          <li key={one.due_at}>
            <strong><time dateTime={one.due_at}>{stampOf(one.due_at)}</time></strong>
            <Badge tone={one.state === 'skipped' ? 'bad' : one.state === 'going' ? 'warn' : 'good'}>{t(one.state === 'skipped' ? 'flows.live.roundSkipped' : one.state === 'going' ? 'flows.live.roundGoing' : 'flows.live.roundDone')}</Badge>
            <small>{plural('flows.live.people', one.people)}{one.left_out > 0 ? ` · ${plural('flows.live.leftOut', one.left_out)}` : null}</small>
            {one.note ? <small>{one.note}</small> : null}
          </li>
        ))}
      </ul>
    </>
  );
}
