import { Badge, type Tone } from '@/design/Badge';
import { t } from '@/lib/i18n';
import type { WebhookState } from './queries';

const TONES: Record<WebhookState, Tone> = { pending: 'warn', processed: 'good', ignored: 'plain', failed: 'bad' };

interface StateBadgeProps {
  state: WebhookState;
}

export function StateBadge({ state }: StateBadgeProps) {
  const help = t(`ops.webhooks.stateHelp.${state}`);
  return <Badge tone={TONES[state]} title={help}>{t(`ops.webhooks.states.${state}`)}</Badge>;
}
