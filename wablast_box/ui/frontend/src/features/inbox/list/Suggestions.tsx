import { t } from '@/lib/i18n';
import type { Suggestion } from './suggest';
import { TagDot } from './TagLabel';
import classes from './Filter.module.css';

interface SuggestionsProps {
  offered: Suggestion[];
  at: number;
  onTake: (text: string) => void;
}

export function Suggestions({ offered, at, onTake }: SuggestionsProps) {
  return (
    <ul id="filter-suggestions" className={classes.offered} role="listbox" aria-label={t('list.filter.suggestions')}>
      {offered.map((one, index) => (
        <li
          key={one.text}
          id={`filter-${String(index)}`}
          role="option"
          aria-selected={index === at}
          ref={index === at ? (row) => { row?.scrollIntoView({ block: 'nearest' }); } : undefined}
          // Before the field loses the focus.
          onPointerDown={(event) => { event.preventDefault(); onTake(one.text); }}
        >
          {one.color ? <TagDot color={one.color} /> : null}
          <b><bdi>{one.label}</bdi></b>
          {one.hint ? <span>{one.hint}</span> : null}
        </li>
      ))}
    </ul>
  );
}
