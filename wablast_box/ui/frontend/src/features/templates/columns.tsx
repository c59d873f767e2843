import type { Template } from '@/api/types';
import { Badge } from '@/design/Badge';
import type { Column } from '@/design/Table';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { categoryWords, languageWords, qualityTone, qualityWords, statusTone, statusWords } from '../inbox/templates/look';
import { inLine } from '../inbox/templates/rendered';
import classes from './Templates.module.css';

export const COLUMNS = (onOpen: (id: string) => void): Column<Template>[] => [
  { key: 'name', title: t('templates.page.name'), cell: (row) => <Name row={row} onOpen={onOpen} /> },
  { key: 'language', title: t('templates.page.language'), cell: ({ language }) => languageWords(language), width: '150px', minor: true },
  { key: 'category', title: t('templates.page.category'), cell: ({ category }) => categoryWords(category), width: '110px', minor: true },
  { key: 'quality', title: t('templates.page.quality'), cell: ({ quality }) => (quality === 'unknown' ? <span className={classes.faint}>{qualityWords(quality)}</span> : <Badge tone={qualityTone(quality)}>{qualityWords(quality)}</Badge>), width: '120px', minor: true },
  { key: 'status', title: t('templates.page.status'), cell: ({ status, advice }) => <Badge tone={statusTone(status)} title={advice ?? undefined}>{statusWords(status)}</Badge>, width: '110px' },
];

interface NameProps {
  row: Template;
  onOpen: (id: string) => void;
}

function Name({ row, onOpen }: NameProps) {
  return (
    <div className={classes.name}>
      <button type="button" onClick={(event) => { event.stopPropagation(); onOpen(row.id); }}>{calm(row.name)}</button>
      <small dir="auto">{row.advice ? <span data-bad>{row.advice}</span> : calm(inLine(row.body))}</small>
    </div>
  );
}
