import type { ReactNode } from 'react';
import classes from './Table.module.css';

export interface Column<Row> {
  key: string;
  title: string;
  cell: (row: Row) => ReactNode;
  align?: 'start' | 'end';
  width?: string;
  /** Left out on narrow screens. */
  minor?: boolean;
}

interface TableProps<Row> {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  onRow?: (row: Row) => void;
  empty?: ReactNode;
}

/** A dense table: hairlines, 36 px rows, the head stays. A row that opens something holds a real button in its first cell. */
export function Table<Row>({ label, columns, rows, rowKey, onRow, empty }: TableProps<Row>) {
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    <div className={classes.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-align={column.align} data-minor={column.minor} style={{ width: column.width }}>{column.title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} data-opens={onRow ? true : undefined} onClick={onRow ? () => { onRow(row); } : undefined}>
              {columns.map((column) => (
                <td key={column.key} data-align={column.align} data-minor={column.minor}>{column.cell(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
