import { UnstyledButton } from '@mantine/core';
import { IconX } from '@/design/icons';
import { t } from '@/lib/i18n';
import { type Age, AGES, type Ask, isNarrow, KINDS, type Side, SIDES } from './ask';
import classes from './Search.module.css';

interface ChipsProps {
  ask: Ask;
  /** The open conversation, if one is open. */
  here: { id: string; name: string } | null;
  onChange: (change: Partial<Ask>) => void;
}

const ages = Object.keys(AGES) as Age[];

/** What to search in, and what narrows it. Each is a switch. */
export function Chips({ ask, here, onChange }: ChipsProps) {
  return (
    <div className={classes.chips}>
      <div className={classes.kinds} role="group" aria-label={t('search.kinds.label')}>
        <Chip on={ask.kind === null} onToggle={() => { onChange({ kind: null }); }}>{t('search.kinds.all')}</Chip>
        {KINDS.map((kind) => (
          <Chip key={kind} on={ask.kind === kind} onToggle={() => { onChange({ kind: ask.kind === kind ? null : kind }); }}>{t(`search.kinds.${kind}`)}</Chip>
        ))}
      </div>
      <div className={classes.filters} role="group" aria-label={t('search.filters.label')}>
        {here ? <Chip quiet on={ask.inside === here.id} onToggle={() => { onChange({ inside: ask.inside ? null : here.id }); }}>{here.name ? t('search.filters.here', { name: here.name }) : t('search.filters.hereUnknown')}</Chip> : null}
        {SIDES.map((side: Side) => (
          <Chip quiet key={side} on={ask.side === side} onToggle={() => { onChange({ side: ask.side === side ? null : side }); }}>{t(`search.filters.${side}`)}</Chip>
        ))}
        {ages.map((age) => (
          <Chip quiet key={age} on={ask.age === age} onToggle={() => { onChange({ age: ask.age === age ? null : age }); }}>{t(`search.filters.${age}`)}</Chip>
        ))}
        {isNarrow(ask) ? (
          <UnstyledButton className={classes.clear} onClick={() => { onChange({ kind: null, side: null, age: null, inside: null }); }}>
            <IconX size={12} aria-hidden /> {t('search.filters.clear')}
          </UnstyledButton>
        ) : null}
      </div>
    </div>
  );
}

interface ChipProps {
  on: boolean;
  quiet?: boolean;
  onToggle: () => void;
  children: string;
}

function Chip({ on, quiet, onToggle, children }: ChipProps) {
  return <UnstyledButton className={classes.chip} data-quiet={quiet} aria-pressed={on} onClick={onToggle}><bdi>{children}</bdi></UnstyledButton>;
}
