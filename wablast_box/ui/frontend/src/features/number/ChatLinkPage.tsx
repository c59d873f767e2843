import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Button } from '@/design/Button';
import { LongTextField } from '@/design/Field';
import { IconCopy, IconExternalLink } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { PageHeader } from '@/design/PageHeader';
import { Page } from '@/design/Panel';
import { copyText } from '@/lib/clipboard';
import { t } from '@/lib/i18n';
import { locale } from '@/lib/i18n';
import { fieldProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { CodePart } from './CodePart';
import { chatLinkQuery } from './queries';
import classes from './Number.module.css';

const MOST = 1000;
const PAUSE_MS = 180;

/** A link that opens a chat with words already written, and its code for paper. */
export function ChatLinkPage() {
  const [text, setText] = useState('');
  const asked = useSettled(text);
  const link = useQuery({ ...chatLinkQuery(asked), placeholderData: keepPreviousData, retry: false });
  return (
    <Page>
      <PageHeader title={t('number.link.title')} help={t('number.link.help')} />
      <LongTextField
        label={t('number.link.text')}
        description={t('number.link.textHelp')}
        placeholder={t('number.link.textExample')}
        minRows={3}
        dir="auto"
        value={text}
        error={fieldProblem(link.error, 'text')}
        onChange={(event) => { setText(event.currentTarget.value); }}
      />
      <p className={classes.count} data-over={[...text].length > MOST || undefined}>{t('number.link.count', { count: [...text].length.toLocaleString(locale) })}</p>
      <Loaded query={{ ...link, isError: link.isError && link.data === undefined }}>
        {(found) => (
          <>
            <LinkPart url={found.url} />
            <CodePart text={asked} rows={found.qr} problem={found.qr_problem} leastMm={found.least_mm} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface LinkPartProps {
  url: string;
}

function LinkPart({ url }: LinkPartProps) {
  const handleCopy = async () => {
    const done = await copyText(url);
    toast(done ? { tone: 'good', title: t('number.link.copied') } : { tone: 'bad', title: t('number.link.notCopied') });
  };
  return (
    <section className={classes.part} aria-label={t('number.link.url')}>
      <h2>{t('number.link.url')}</h2>
      <code className={classes.url} tabIndex={0} data-testid="chat-link">{url}</code>
      <div className={classes.buttons}>
        <Button leftSection={<IconCopy size={15} />} onClick={() => { void handleCopy(); }}>{t('number.link.copy')}</Button>
        <a className={classes.out} href={url} target="_blank" rel="noreferrer noopener"><IconExternalLink size={15} aria-hidden />{t('number.link.try')}</a>
      </div>
    </section>
  );
}

/** What was typed, once the fingers rest. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => { setSettled(text); }, PAUSE_MS);
    return () => { clearTimeout(timer); };
  }, [text]);
  return settled;
}
