import { type FormEvent, useState } from 'react';
import { Button } from '@/design/Button';
import { Fields, TextField } from '@/design/Field';
import { IconMapPin } from '@/design/icons';
import { Sheet } from '@/design/Sheet';
import { t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { LocationBody } from '../../kinds/LocationBody';
import { sendBody } from '../send';
import { isLatitude, isLongitude, placeIn } from './coordinates';
import type { ExtraProps } from './Extra';
import { Pretend } from './Pretend';

/** Where the shop is, or the parcel. */
export function LocationSheet({ conversation, replyTo, onReply, onSent, onClose }: ExtraProps) {
  const [fields, setFields] = useState({ pasted: '', latitude: '', longitude: '', name: '', address: '' });
  const [finding, setFinding] = useState(false);
  const latitude = fields.latitude.trim() === '' ? NaN : Number(fields.latitude);
  const longitude = fields.longitude.trim() === '' ? NaN : Number(fields.longitude);
  const good = isLatitude(latitude) && isLongitude(longitude);
  const location = { latitude, longitude, name: fields.name.trim() || undefined, address: fields.address.trim() || undefined };
  const put = (change: Partial<typeof fields>) => { setFields((before) => ({ ...before, ...change })); };
  const handlePaste = (pasted: string) => {
    const place = placeIn(pasted);
    put(place ? { pasted, latitude: String(place.latitude), longitude: String(place.longitude) } : { pasted });
  };
  const handleHere = () => {
    setFinding(true);
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      setFinding(false);
      put({ latitude: coords.latitude.toFixed(6), longitude: coords.longitude.toFixed(6) });
    }, () => {
      setFinding(false);
      toast({ tone: 'bad', title: t('composer.location.denied') });
    }, { enableHighAccuracy: true, timeout: 15_000 });
  };
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!good) return;
    sendBody(conversation.id, { type: 'location', location }, replyTo);
    onReply(null);
    onSent();
    onClose();
  };
  return (
    <Sheet title={t('composer.location.title')} opened onClose={onClose} footer={<Button type="submit" form="location" disabled={!good}>{t('composer.location.send')}</Button>}>
      <form id="location" onSubmit={handleSubmit}>
        <Fields>
          <TextField label={t('composer.location.paste')} description={t('composer.location.pasteHelp')} value={fields.pasted} data-autofocus onChange={(event) => { handlePaste(event.currentTarget.value); }} />
          <div><Button kind="quiet" leftSection={<IconMapPin size={14} />} loading={finding} onClick={handleHere}>{t('composer.location.here')}</Button></div>
          <TextField label={t('composer.location.latitude')} inputMode="decimal" value={fields.latitude} error={fields.latitude !== '' && !isLatitude(latitude) ? t('composer.location.badLatitude') : null} onChange={(event) => { put({ latitude: event.currentTarget.value }); }} />
          <TextField label={t('composer.location.longitude')} inputMode="decimal" value={fields.longitude} error={fields.longitude !== '' && !isLongitude(longitude) ? t('composer.location.badLongitude') : null} onChange={(event) => { put({ longitude: event.currentTarget.value }); }} />
          <TextField label={t('composer.location.name')} description={t('composer.location.nameHelp')} maxLength={1000} value={fields.name} onChange={(event) => { put({ name: event.currentTarget.value }); }} />
          <TextField label={t('composer.location.address')} maxLength={1000} value={fields.address} onChange={(event) => { put({ address: event.currentTarget.value }); }} />
        </Fields>
        {good ? <Pretend><LocationBody content={location} /></Pretend> : null}
      </form>
    </Sheet>
  );
}
