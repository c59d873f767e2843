import { useState } from 'react';
import { IconAddressBook, IconExternalLink, IconFileText, IconList, IconMapPin, IconMicrophone, IconPhone, IconPhoto, IconVideo } from '@/design/icons';
import { t } from '@/lib/i18n';
import { Rich } from '../canvas/card/Rich';
import type { Body } from '../types';
import { type Shown, shownOf, type Tap } from './talk';
import classes from './Simulator.module.css';

interface ReplyProps {
  message: Body;
  active: boolean;
  onTap: (tap: Tap) => void;
  onPlace: () => void;
}

const MEDIA = { image: IconPhoto, sticker: IconPhoto, video: IconVideo, audio: IconMicrophone, document: IconFileText, location: IconMapPin, contact: IconAddressBook };

/** One message of the flow. */
export function Reply({ message, active, onTap, onPlace }: ReplyProps) {
  const shown = shownOf(message);
  const Icon = shown.media ? (MEDIA[shown.media.kind as keyof typeof MEDIA] ?? IconFileText) : null;
  return (
    <div className={classes.reply}>
      <div className={classes.bubble}>
        {Icon ? <span className={classes.media}><Icon size={22} stroke={1.5} aria-hidden />{shown.media?.named}</span> : null}
        {shown.header ? <strong><Rich text={shown.header} longest={200} /></strong> : null}
        {shown.body ? <Rich text={shown.body} longest={4096} /> : null}
        {shown.footer ? <small>{shown.footer}</small> : null}
      </div>
      {shown.buttons.map((one) => <button key={one.id} type="button" className={classes.tap} disabled={!active} onClick={() => { onTap(one); }}>{one.title}</button>)}
      {shown.link ? <span className={classes.tap} title={shown.link.url}><IconExternalLink size={14} aria-hidden />{shown.link.label}</span> : null}
      {shown.call ? <span className={classes.tap}><IconPhone size={14} aria-hidden />{shown.call}</span> : null}
      {shown.asksPlace ? <button type="button" className={classes.tap} disabled={!active} onClick={onPlace}><IconMapPin size={14} aria-hidden />{t('flows.simulator.place')}</button> : null}
      {shown.list ? <RowList list={shown.list} active={active} onTap={onTap} /> : null}
    </div>
  );
}

interface RowListProps {
  list: NonNullable<Shown['list']>;
  active: boolean;
  onTap: (tap: Tap) => void;
}

function RowList({ list, active, onTap }: RowListProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={classes.tap} disabled={!active} aria-expanded={open} onClick={() => { setOpen(!open); }}><IconList size={14} aria-hidden />{list.label}</button>
      {open && active ? (
        <div className={classes.rows}>
          {list.sections.map((section, at) => (
            <section key={at}>
              {section.title ? <h4>{section.title}</h4> : null}
              {section.rows.map((row) => (
                <button key={row.id} type="button" onClick={() => { setOpen(false); onTap(row); }}>
                  <span>{row.title}{row.description ? <small>{row.description}</small> : null}</span><i aria-hidden />
                </button>
              ))}
            </section>
          ))}
        </div>
      ) : null}
    </>
  );
}
