import { MultiSelect } from '@mantine/core';
import fieldClasses from '@/design/Field.module.css';
import { t } from '@/lib/i18n';

interface FieldsChoiceProps {
  value: string[];
  error: string | undefined;
  onChange: (fields: string[]) => void;
}

/** As Meta names them in its list of webhook fields. */
export const FIELDS = [
  'messages', 'smb_message_echoes', 'message_template_status_update', 'message_template_quality_update', 'message_template_components_update', 'template_category_update',
  'phone_number_quality_update', 'phone_number_name_update', 'account_update', 'account_alerts', 'account_review_update', 'account_settings_update', 'business_capability_update', 'business_status_update',
  'user_preferences', 'flows', 'calls', 'payment_configuration_update', 'security', 'history', 'smb_app_state_sync', 'messaging_handovers', 'standby', 'tracking_events', 'automatic_events',
];

export const FieldsChoice = ({ value, error, onChange }: FieldsChoiceProps) => (
  <MultiSelect
    label={t('number.forwarding.fields')}
    description={t('number.forwarding.fieldsHelp')}
    placeholder={value.length === 0 ? t('number.forwarding.fieldsAll') : undefined}
    searchable
    classNames={{ label: fieldClasses.label, description: fieldClasses.help, error: fieldClasses.error }}
    clearable
    data={[...new Set([...FIELDS, ...value])]}
    value={value}
    error={error}
    onChange={onChange}
  />
);
