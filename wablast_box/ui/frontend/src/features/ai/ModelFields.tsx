import { useMay } from '@/api/session';
import type { AiProvider, NewAiProvider } from '@/api/types';
import { ChoiceField, Fields, NumberField, SecretField, SwitchField, TextField } from '@/design/Field';
import { t } from '@/lib/i18n';
import { fieldProblem } from '@/lib/problems';
import { PRESETS, presetOf } from './presets';
import classes from './Models.module.css';

export const FIELDS = ['name', 'kind', 'base_url', 'model', 'key', 'allows_private', 'price_in_paise', 'price_out_paise', 'is_default'];

interface ModelFieldsProps {
  stored: AiProvider | null;
  draft: NewAiProvider;
  error: unknown;
  onChange: (part: Partial<NewAiProvider>) => void;
}

export function ModelFields({ stored, draft, error, onChange }: ModelFieldsProps) {
  const mayOpen = useMay('integrations.write');
  const problem = (name: string) => fieldProblem(error, name);
  const handlePreset = (key: unknown) => {
    const preset = PRESETS.find((one) => one.key === key);
    if (preset?.key === 'other') onChange({ kind: preset.kind });
    else if (preset) onChange({ kind: preset.kind, base_url: preset.base_url, model: preset.model, allows_private: preset.allows_private && mayOpen, name: draft.name === '' || PRESETS.some((one) => one.name === draft.name) ? preset.name : draft.name });
  };
  return (
    <Fields>
      <ChoiceField label={t('ai.preset')} data-autofocus={stored ? undefined : true} data={PRESETS.map(({ key }) => ({ value: key, label: t(`ai.presets.${key}`) }))} value={draft.base_url === '' && draft.name === '' ? null : presetOf(draft.kind, draft.base_url)} error={problem('kind')} placeholder={t('ai.presetHint')} onChange={handlePreset} />
      <TextField label={t('ai.name')} autoComplete="off" value={draft.name} error={problem('name')} onChange={(event) => { onChange({ name: event.currentTarget.value }); }} />
      <TextField label={t('ai.address')} description={t('ai.addressHelp')} autoComplete="off" spellCheck={false} value={draft.base_url} error={problem('base_url')} onChange={(event) => { onChange({ base_url: event.currentTarget.value }); }} />
      <SwitchField label={t('ai.private')} description={t(mayOpen ? 'ai.privateHelp' : 'ai.privateOwner')} disabled={!mayOpen} checked={draft.allows_private === true} error={problem('allows_private')} onChange={(event) => { onChange({ allows_private: event.currentTarget.checked }); }} />
      <TextField label={t(draft.kind === 'anythingllm' ? 'ai.slug' : 'ai.model')} description={t(draft.kind === 'anythingllm' ? 'ai.slugHelp' : 'ai.modelHelp')} autoComplete="off" spellCheck={false} value={draft.model} error={problem('model')} onChange={(event) => { onChange({ model: event.currentTarget.value }); }} />
      <SecretField label={t(stored?.has_key ? 'ai.newKey' : 'ai.key')} description={t(stored?.has_key ? 'ai.newKeyHelp' : 'ai.keyHelp')} value={draft.key ?? ''} error={problem('key')} onChange={(event) => { onChange({ key: event.currentTarget.value || null }); }} />
      <div className={classes.pair}>
        <Price label={t('ai.priceIn')} paise={draft.price_in_paise ?? 0} error={problem('price_in_paise')} onChange={(price_in_paise) => { onChange({ price_in_paise }); }} />
        <Price label={t('ai.priceOut')} paise={draft.price_out_paise ?? 0} error={problem('price_out_paise')} onChange={(price_out_paise) => { onChange({ price_out_paise }); }} />
        <p>{t('ai.priceHelp')}</p>
      </div>
      {stored?.is_default ? null : <SwitchField label={t('ai.makeUsual')} description={t('ai.makeUsualHelp')} checked={draft.is_default === true} error={problem('is_default')} onChange={(event) => { onChange({ is_default: event.currentTarget.checked }); }} />}
    </Fields>
  );
}

interface PriceProps {
  label: string;
  paise: number;
  error: string | undefined;
  onChange: (paise: number) => void;
}

const Price = ({ label, paise, error, onChange }: PriceProps) => (
  <NumberField label={label} prefix="₹" min={0} max={100_000} decimalScale={2} hideControls value={paise / 100} error={error} onChange={(next) => { onChange(Math.round(Number(next || 0) * 100)); }} />
);
