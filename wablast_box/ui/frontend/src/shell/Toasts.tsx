import { useEffect, useState } from 'react';
import { Button } from '@/design/Button';
import { IconButton } from '@/design/IconButton';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle, IconMessage2, IconX } from '@/design/icons';
import { t } from '@/lib/i18n';
import { dismiss, type Toast, useToasts } from '@/lib/toasts';
import classes from './Toasts.module.css';

const ICONS = { good: IconCircleCheck, bad: IconAlertTriangle, info: IconInfoCircle, chat: IconMessage2 };
const SHORT_MS = 5000;
const LONG_MS = 12_000;

export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <div className={classes.corner} role="region" aria-live="polite" aria-label={t('shell.toasts')}>
      {toasts.map((one) => <ToastCard key={one.id} toast={one} />)}
    </div>
  );
}

interface ToastCardProps {
  toast: Toast;
}

function ToastCard({ toast }: ToastCardProps) {
  const [held, setHeld] = useState(false);
  const Icon = ICONS[toast.tone];
  useEffect(() => {
    if (held || toast.stays) return;
    const timer = window.setTimeout(() => { dismiss(toast.id); }, toast.tone === 'bad' || toast.action ? LONG_MS : SHORT_MS);
    return () => { window.clearTimeout(timer); };
  }, [held, toast]);
  return (
    <div className={classes.toast} data-tone={toast.tone} onPointerEnter={() => { setHeld(true); }} onPointerLeave={() => { setHeld(false); }}>
      <Icon size={17} stroke={1.8} aria-hidden />
      <div className={classes.words}>
        <strong dir="auto">{toast.title}</strong>
        {toast.help ? <span dir="auto">{toast.help}</span> : null}
      </div>
      {toast.action ? <Button kind="link" onClick={() => { toast.action?.run(); dismiss(toast.id); }}>{toast.action.label}</Button> : null}
      <IconButton label={t('common.close')} size={22} onClick={() => { dismiss(toast.id); }}><IconX size={14} /></IconButton>
    </div>
  );
}
