import { t } from '@/lib/i18n';
import { clearSelection, MOST, selectAll, useSelection } from './selection';
import classes from './List.module.css';

interface SelectAllProps {
  order: readonly string[];
}

export function SelectAll({ order }: SelectAllProps) {
  const count = useSelection((state) => state.ids.size);
  const all = count > 0 && count >= Math.min(order.length, MOST);
  return (
    <label className={classes.all}>
      <input
        type="checkbox"
        checked={all}
        ref={(box) => { if (box) box.indeterminate = count > 0 && !all; }}
        disabled={order.length === 0}
        aria-label={count > 0 ? t('list.select.none') : t('list.select.all')}
        onChange={() => { if (count > 0) clearSelection(); else selectAll(order); }}
      />
    </label>
  );
}
