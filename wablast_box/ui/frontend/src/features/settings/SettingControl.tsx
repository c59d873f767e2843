import type { Setting } from '@/api/types';
import { ChoiceField, NumberField, SwitchField, TextField } from '@/design/Field';
import { t } from '@/lib/i18n';
import { timeZones, zoneName } from '@/lib/time-zones';

interface SettingControlProps {
  setting: Setting;
  value: unknown;
  onChange: (value: unknown) => void;
  error?: string;
  disabled: boolean;
}

/** The control for one kind of setting. A kind that this window does not know yet is edited as text. */
export function SettingControl({ setting, value, onChange, error, disabled }: SettingControlProps) {
  const shared = { id: setting.name, error, disabled, 'aria-describedby': setting.help ? `${setting.name}-help` : undefined };
  if (setting.type === 'switch') {
    return <SwitchField {...shared} checked={value === true} label={value === true ? t('settings.business.on') : t('settings.business.off')} onChange={(event) => { onChange(event.currentTarget.checked); }} />;
  }
  if (setting.type === 'number') {
    return <NumberField {...shared} value={typeof value === 'number' ? value : ''} allowDecimal={false} onChange={(next) => { onChange(typeof next === 'number' ? next : null); }} />;
  }
  if (setting.type === 'time_zone') {
    return (
      <ChoiceField
        {...shared}
        searchable
        limit={80}
        placeholder={t('settings.business.zoneSearch')}
        nothingFoundMessage={t('settings.business.zoneNone')}
        data={timeZones()}
        value={typeof value === 'string' ? zoneName(value) : null}
        onChange={onChange}
      />
    );
  }
  if (setting.type === 'choice') return <ChoiceField {...shared} data={setting.choices ?? []} value={typeof value === 'string' ? value : null} onChange={onChange} />;
  return <TextField {...shared} value={typeof value === 'string' ? value : ''} onChange={(event) => { onChange(event.currentTarget.value); }} />;
}
