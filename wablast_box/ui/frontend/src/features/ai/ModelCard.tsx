import type { AiProvider } from '@/api/types';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { Facts } from '@/design/Facts';
import { Notice } from '@/design/Notice';
import { t } from '@/lib/i18n';
import { toastError } from '@/lib/toasts';
import { count } from './figures';
import { useTryProvider } from './queries';
import classes from './Models.module.css';

interface ModelCardProps {
  model: AiProvider;
  onEdit: (() => void) | undefined;
}

/** One model: where it is, what it costs, and whether it answers. */
export function ModelCard({ model, onEdit }: ModelCardProps) {
  const attempt = useTryProvider();
  const prices = model.price_in_paise || model.price_out_paise ? t('ai.prices', { input: (model.price_in_paise / 100).toFixed(2), output: (model.price_out_paise / 100).toFixed(2) }) : t('ai.noPrices');
  return (
    <li className={classes.model}>
      <header>
        <h2><bdi>{model.name}</bdi></h2>
        {model.is_default ? <Badge tone="good">{t('ai.usual')}</Badge> : null}
        {model.allows_private ? <Badge>{t('ai.own')}</Badge> : null}
        <span className={classes.acts}>
          {onEdit ? <Button kind="quiet" loading={attempt.isPending} onClick={() => { attempt.mutate(model.id, { onError: toastError }); }}>{t('ai.try')}</Button> : null}
          {onEdit ? <Button kind="quiet" onClick={onEdit}>{t('ai.edit')}</Button> : null}
        </span>
      </header>
      <Facts
        items={[
          { label: t('ai.model'), value: <code className={classes.mono}>{model.model}</code> },
          { label: t('ai.address'), value: <code className={classes.mono}>{model.base_url}</code> },
          { label: t('ai.key'), value: model.has_key ? <code className={classes.mono}>{`…${model.key_last4 ?? ''}`}</code> : t('ai.noKey') },
          { label: t('ai.price'), value: prices },
        ]}
      />
      <div aria-live="polite">
        {attempt.data ? (
          <Notice tone={attempt.data.is_ok ? 'good' : 'bad'} title={attempt.data.is_ok ? t('ai.answered', { seconds: (attempt.data.duration_ms / 1000).toFixed(1), tokens: count(attempt.data.tokens_in + attempt.data.tokens_out) }) : attempt.data.text}>
            {attempt.data.is_ok ? `“${attempt.data.text}”` : attempt.data.help}
          </Notice>
        ) : null}
      </div>
    </li>
  );
}
