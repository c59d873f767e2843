/** What was done with a conversation, in words. What is not known by name is said as it came. */
import type { Activity } from '@/api/types';
import { changed } from '@/features/contacts/changes';
import { stampOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { type Body, body, list, text } from '../content';

type Say = (detail: Body, actor: string, activity: Activity) => string | null;

const SAYINGS: Record<string, Say> = {
  assigned: assigned,
  team: (detail, actor) => {
    const name = calm(text(body(detail['team'])['name']));
    return name ? t('thread.activity.team', { actor, name }) : t('thread.activity.teamless', { actor });
  },
  state: state,
  tag: tags,
  exported: (detail, actor) => t('contacts.history.exported', { actor, format: text(detail['format']).toUpperCase() }),
  bot_stopped: (_, actor) => t('thread.activity.botStopped', { actor }),
  bot_resumed: (_, actor) => t('thread.activity.botResumed', { actor }),
  flow_stopped: (detail, actor) => t('thread.activity.flowStopped', { actor, flow: calm(text(detail['flow'])) }),
  handed_off: (_, actor) => t('thread.activity.handedOff', { actor }),
  overdue: (detail) => t(text(detail['promise']) === 'resolve' ? 'thread.activity.lateResolve' : 'thread.activity.lateAnswer'),
  survey: (detail) => t('thread.activity.survey', { score: String(detail['score']) }),
  scheduled: (detail, actor) => t('composer.activity.scheduled', { actor, at: minuteOf(detail) }),
  schedule_cancelled: (detail, actor) => t('composer.activity.schedule_cancelled', { actor, at: minuteOf(detail) }),
  schedule_failed: (detail) => t('composer.activity.schedule_failed', { at: minuteOf(detail), why: calm(text(detail['why'])) }),
};

/** To the minute: nobody schedules seconds. */
const minuteOf = (detail: Body): string => { const at = text(detail['at']); return at ? stampOf(at).replace(/:\d\d$/, '') : ''; };

export function activityWords(activity: Activity): string {
  const detail = body(activity.detail);
  if (activity.kind.startsWith(OF_PERSON)) return ofPerson(activity, detail);
  const actor = actorOf(activity);
  return SAYINGS[activity.kind]?.(detail, actor, activity) ?? t('thread.activity.other', { actor, what: calm(text(detail['text']) || activity.kind) });
}

/** What was done with the customer: their history says it in the same words, and why. */
const OF_PERSON = 'contact.';

function ofPerson(activity: Activity, detail: Body): string {
  const { words, quote } = changed(activity.kind.slice(OF_PERSON.length), detail, activity.actor);
  return quote ? `${words}: ${t('contacts.history.reason', { reason: quote })}` : words;
}

function actorOf({ actor }: Activity): string {
  if (!actor) return t('thread.activity.customer');
  if (actor.kind === 'system') return t('thread.activity.box');
  if (actor.kind === 'flow') return t('thread.activity.flow');
  return calm(actor.name ?? t('thread.activity.someone'));
}

function assigned(detail: Body, actor: string, activity: Activity): string {
  const user = body(detail['user']);
  const name = calm(text(user['name']));
  if (!name) return t('thread.activity.released', { actor });
  if (text(user['id']) === activity.actor?.id) return t('thread.activity.took', { actor });
  return activity.actor?.kind === 'system' ? t('thread.activity.routed', { name }) : t('thread.activity.assigned', { actor, name });
}

function state(detail: Body, actor: string): string | null {
  const next = text(detail['state']);
  const until = text(detail['until']);
  if (next === 'snoozed') return until ? t('thread.activity.snoozedUntil', { actor, until: stampOf(until) }) : t('thread.activity.snoozed', { actor });
  if (next === 'open' || next === 'pending' || next === 'resolved') return t(`thread.activity.${next}`, { actor });
  return null;
}

function tags(detail: Body, actor: string): string | null {
  const said = [
    ...list(detail['added']).map((tag) => t('thread.activity.tagged', { actor, tag: calm(text(tag['name'])) })),
    ...list(detail['removed']).map((tag) => t('thread.activity.untagged', { actor, tag: calm(text(tag['name'])) })),
  ];
  return said.length > 0 ? said.join(' · ') : null;
}
