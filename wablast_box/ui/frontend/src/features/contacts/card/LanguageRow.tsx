import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '@/api/session';
import type { ContactDetail } from '@/api/types';
import { Button } from '@/design/Button';
import { type Option, Picker } from '@/features/inbox/list/Picker';
import { t } from '@/lib/i18n';
import { toastError } from '@/lib/toasts';
import { bothNames, languageName } from '../languages';
import { languagesQuery, useChange } from '../queries';
import classes from './Card.module.css';

interface LanguageRowProps {
  contact: ContactDetail;
}

const CODE = /^[a-z]{2,3}([-_][a-z0-9]{2,4}){0,2}$/i;

/** What they read. Guessed from their letters until somebody says it. */
export function LanguageRow({ contact }: LanguageRowProps) {
  const [picking, setPicking] = useState(false);
  const may = useMay('contacts.write');
  const languages = useQuery(languagesQuery).data ?? [];
  const change = useChange(contact.id);
  const put = (language: string | null) => { change.mutate({ language }, { onError: toastError }); };
  const guess = contact.language === null ? contact.language_guess : null;
  const options: Option[] = [
    { key: 'none', title: t('contacts.card.noLanguage'), checked: contact.language === null, run: () => { put(null); } },
    ...languages.map((one): Option => ({ key: one.code, title: bothNames(one), hint: one.code, checked: one.code === contact.language, run: () => { put(one.code); } })),
  ];
  const own = (typed: string): Option | null => (CODE.test(typed) && !languages.some((one) => one.code === typed) ? { key: 'own', title: t('contacts.card.otherLanguage', { code: typed }), run: () => { put(typed); } } : null);
  return (
    <div className={classes.row}>
      <dt>{t('contacts.card.language')}</dt>
      <dd>
        <button type="button" className={`${classes.value ?? ''} ${classes.choose ?? ''}`} disabled={!may} data-empty={contact.language === null || undefined} aria-label={t('contacts.card.setLanguage')} onClick={() => { setPicking(true); }}>
          {contact.language ? languageName(contact.language, languages) : guess ? t('contacts.card.guess', { language: languageName(guess, languages) }) : t('contacts.card.noLanguage')}
        </button>
        {guess && may ? <Button kind="link" size="compact-xs" onClick={() => { put(guess); }}>{t('contacts.card.takeGuess', { language: languageName(guess, languages) })}</Button> : null}
        {picking ? <Picker title={t('contacts.card.setLanguage')} options={options} empty="" own={own} onClose={() => { setPicking(false); }} /> : null}
      </dd>
    </div>
  );
}
