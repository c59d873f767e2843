import type { Mail } from '@/api/types';
import { ChoiceField, NumberField, SecretField, TextField } from '@/design/Field';
import { t } from '@/lib/i18n';
import type { MailDraft } from './queries';
import classes from './Alerts.module.css';

interface FieldsProps {
  stored: Mail;
  draft: MailDraft;
  change: (part: MailDraft) => void;
  error: (name: string) => string | undefined;
  disabled: boolean;
}

const SECURITY = ['starttls', 'tls', 'none'] as const;
const PORTS = { starttls: 587, tls: 465, none: 25 };

export function SmtpFields({ stored, draft, change, error, disabled }: FieldsProps) {
  const security = draft.security ?? stored.security;
  const handleSecurity = (value: unknown) => {
    const next = SECURITY.find((one) => one === value);
    if (next) change({ security: next, port: PORTS[next] });
  };
  return (
    <>
      <div className={classes.pair}>
        <TextField label={t('alerts.mail.host')} placeholder={t('alerts.mail.hostExample')} autoComplete="off" spellCheck={false} disabled={disabled} value={draft.host ?? stored.host} error={error('host')} onChange={(event) => { change({ host: event.currentTarget.value }); }} />
        <NumberField label={t('alerts.mail.port')} min={1} max={65535} allowDecimal={false} hideControls disabled={disabled} value={draft.port ?? stored.port} error={error('port')} onChange={(next) => { if (typeof next === 'number') change({ port: next }); }} />
      </div>
      <ChoiceField label={t('alerts.mail.security')} description={t('alerts.mail.securityHelp')} disabled={disabled} data={SECURITY.map((value) => ({ value, label: t(`alerts.mail.securities.${value}`) }))} value={security} error={error('security')} onChange={(value) => { handleSecurity(value); }} />
      <TextField label={t('alerts.mail.username')} autoComplete="off" spellCheck={false} disabled={disabled} value={draft.username ?? stored.username} error={error('username')} onChange={(event) => { change({ username: event.currentTarget.value }); }} />
      <Credential label={t('alerts.mail.password')} state={stored.password} moved={draft.host !== undefined && draft.host !== stored.host} value={draft.password} disabled={disabled} error={error('password')} onChange={(password) => { change({ password }); }} />
    </>
  );
}

export const ResendFields = ({ stored, draft, change, error, disabled }: FieldsProps) => (
  <Credential label={t('alerts.mail.resendKey')} state={stored.resend_key} moved={false} value={draft.resend_key} disabled={disabled} error={error('resend_key')} onChange={(resend_key) => { change({ resend_key }); }} />
);

interface CredentialProps {
  label: string;
  state: Mail['password'];
  /** The server changed: a password goes only to the one it was entered for. */
  moved: boolean;
  value: string | undefined;
  disabled: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
}

function Credential({ label, state, moved, value, disabled, error, onChange }: CredentialProps) {
  const kept = state.last4 ? t('alerts.mail.keptEnding', { last4: state.last4 }) : t('alerts.mail.kept');
  const help = !state.set ? undefined : moved ? t('alerts.mail.again') : kept;
  return <SecretField label={label} description={help} disabled={disabled} value={value ?? ''} error={error} onChange={(event) => { onChange(event.currentTarget.value); }} />;
}
