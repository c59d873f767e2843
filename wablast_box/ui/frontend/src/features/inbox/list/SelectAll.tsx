import { Checkbox } from '@mantine/core';
import { t } from '@/lib/i18n';
import { clearSelection, selectAll, useSelection } from './selection';

interface SelectAllProps {
  order: readonly string[];
}

export function SelectAll({ order }: SelectAllProps) {
  const count = useSelection((state) => state.ids.size);
  const all = count > 0 && count >= Math.min(order.length, 500);
  return (
    <Checkbox
      size="xs"
      checked={all}
      indeterminate={count > 0 && !all}
      disabled={order.length === 0}
      aria-label={count > 0 ? t('list.select.none') : t('list.select.all')}
      onChange={() => { if (count > 0) clearSelection(); else selectAll(order); }}
    />
  );
}
