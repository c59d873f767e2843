import { SegmentedControl } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { Template } from '@/api/types';
import { Badge } from '@/design/Badge';
import { Facts } from '@/design/Facts';
import { Loaded } from '@/design/Loaded';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { dateOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { categoryWords, languageWords, qualityTone, qualityWords, statusTone, statusWords } from '../inbox/templates/look';
import { Preview } from '../inbox/templates/Preview';
import { templatesQuery } from '../inbox/templates/queries';
import { keyOf } from '../inbox/templates/rendered';
import classes from './Templates.module.css';

interface TemplateSheetProps {
  id: string;
  onOther: (id: string) => void;
  onClose: () => void;
}

const NOTHING = {};

/** One template: as customers see it, in each language, and what Meta says of it. */
export function TemplateSheet({ id, onOther, onClose }: TemplateSheetProps) {
  const client = useQueryClient();
  const template = useQuery({
    queryKey: [...templatesQuery.queryKey, id],
    queryFn: () => answer(api.GET('/api/v1/templates/{id}', { params: { path: { id } } })),
    placeholderData: () => client.getQueryData(templatesQuery.queryKey)?.items.find((one) => one.id === id),
  });
  return (
    <Sheet opened title={template.data ? calm(template.data.name) : t('templates.title')} size={560} onClose={onClose}>
      <Loaded query={template}>{(found) => <Detail template={found} onOther={onOther} />}</Loaded>
    </Sheet>
  );
}

interface DetailProps {
  template: Template;
  onOther: (id: string) => void;
}

function Detail({ template, onOther }: DetailProps) {
  const { id, language, category, status, quality, reason, details, advice, next_category: next, next_category_at: nextAt, meta_id: metaId, blanks, others } = template;
  const languages = [{ id, language }, ...others].sort((a, b) => a.language.localeCompare(b.language));
  const trouble = advice !== null && status !== 'pending';
  return (
    <div className={classes.detail}>
      {languages.length > 1 ? <SegmentedControl aria-label={t('templates.page.languages')} value={id} data={languages.map((one) => ({ value: one.id, label: languageWords(one.language) }))} onChange={onOther} /> : null}
      {advice ? <Notice tone={trouble ? (status === 'approved' || status === 'paused' ? 'warn' : 'bad') : 'info'} title={statusWords(status)}>{advice}{details ? <p className={classes.said}>{t('templates.page.why')}: {calm(details)}</p> : null}</Notice> : null}
      <Facts
        items={[
          { label: t('templates.page.status'), value: <Badge tone={statusTone(status)}>{statusWords(status)}</Badge> },
          { label: t('templates.page.quality'), value: <Badge tone={qualityTone(quality)}>{qualityWords(quality)}</Badge> },
          { label: t('templates.page.category'), value: categoryWords(category) },
          { label: t('templates.page.next'), value: next ? nextAt ? t('templates.page.nextAt', { category: categoryWords(next), date: dateOf(nextAt) }) : categoryWords(next) : null },
          { label: t('templates.page.language'), value: languageWords(language) },
          { label: t('templates.page.reason'), value: reason ? <code className={classes.code}>{calm(reason)}</code> : null },
          { label: t('templates.page.blanks'), value: blanks.length > 0 ? <ul className={classes.blanks}>{blanks.map((blank) => <li key={keyOf(blank)}><code>{calm(blank.label)}</code>{blank.card === null ? null : <span>{t('thread.interactive.card', { at: blank.card + 1 })}</span>}{blank.example ? <bdi>{calm(blank.example)}</bdi> : null}</li>)}</ul> : t('templates.page.nobody') },
          { label: t('templates.page.id'), value: <code className={classes.code}>{metaId}</code> },
        ]}
      />
      <section className={classes.preview} aria-label={t('templates.page.preview')}>
        <Preview template={template} values={NOTHING} files={NOTHING} />
      </section>
    </div>
  );
}
