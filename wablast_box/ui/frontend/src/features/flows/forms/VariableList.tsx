import { t } from '@/lib/i18n';
import { useEditor } from '../graph/context';
import type { Offered } from '../graph/variables';
import classes from './Forms.module.css';

interface VariableListProps {
  list: readonly Offered[];
  at: number;
  onPick: (name: string) => void;
}

/** What `{{` offers: where each comes from, and whether it may be empty by then. */
export function VariableList({ list, at, onPick }: VariableListProps) {
  return (
    <ul className={classes.offered} role="listbox" aria-label={t('flows.forms.variables')}>
      {list.map((one, row) => (
        <li key={one.name} role="option" aria-selected={row === at} onPointerDown={(event) => { event.preventDefault(); onPick(one.name); }}>
          <code>{one.name}</code>
          <Origin one={one} />
        </li>
      ))}
    </ul>
  );
}

interface OriginProps {
  one: Offered;
}

function Origin({ one }: OriginProps) {
  const name = useEditor((state) => {
    const node = one.from === null ? undefined : state.doc.nodes[one.from];
    return node ? node.name || (state.kinds.get(node.type)?.title ?? node.type) : null;
  });
  return (
    <small>
      {name ?? t(one.name.startsWith('secret.') ? 'flows.forms.secret' : 'flows.forms.always')}
      {one.certain ? null : <em>{t('flows.forms.maybe')}</em>}
    </small>
  );
}
