/** What was promised to a customer who waits, by this window's own clock. The same rule as the box has for what it notes as late. */
import type { Conversation, ServiceTarget } from '@/api/types';

export interface Promised {
  dueAt: number;
  late: boolean;
  /** A third of the time is left. */
  soon: boolean;
}

export function promised({ team, waiting_since_at: waiting, state }: Conversation, targets: readonly ServiceTarget[], now: number): Promised | null {
  if (waiting === null || (state !== 'open' && state !== 'pending')) return null;
  // A team's own goes before the whole box's, also when it promises nothing.
  const target = targets.find((one) => one.team_id === team?.id) ?? targets.find((one) => one.team_id === null);
  if (!target?.answer_within_s) return null;
  const within = target.answer_within_s * 1000;
  const dueAt = Date.parse(waiting) + within;
  // What was late before was promised to nobody.
  if (target.set_at && dueAt < Date.parse(target.set_at)) return null;
  return { dueAt, late: now >= dueAt, soon: dueAt - now < within / 3 };
}
