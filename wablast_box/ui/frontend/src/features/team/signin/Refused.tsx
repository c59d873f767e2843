import { useState } from 'react';
import { problemOf } from '@/api/errors';
import { Notice } from '@/design/Notice';
import { t } from '@/lib/i18n';
import { PasskeyCancelled } from '../passkeys';
import { waitWords } from '../wait';

interface RefusedProps {
  error: unknown;
  left: number;
}

/** The wait is said once, not with each second: the button counts. */
export function Refused({ error, left }: RefusedProps) {
  const [first, setFirst] = useState(0);
  if (left > 0 && first === 0) setFirst(left);
  if (left === 0 && first !== 0) setFirst(0);
  if (error instanceof PasskeyCancelled) return <Notice tone="info" title={t('access.signIn.cancelled')}>{t('access.signIn.cancelledHelp')}</Notice>;
  const problem = problemOf(error);
  return <Notice tone="bad" title={problem.message}>{first > 0 ? t('team.signIn.wait', { wait: waitWords(first) }) : problem.help}</Notice>;
}
